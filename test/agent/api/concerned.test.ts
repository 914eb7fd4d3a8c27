import t from 'tap';
import { type About, concerned } from '../../../agent/api/concerned.ts';
import type { BotState } from '../../../agent/model/bot/bot-state.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import { after, birth, born, bot, nobody, running, started, work } from '../model/sample.ts';
import { ended } from '../model/sample-events.ts';

const incident = (id: string, server: string, session: string): NewEvent => ({
  at: born,
  type: 'incident.opened',
  data: { incident: id, server, lives: [], sessions: [session] },
});
const silenced = (
  silence: string,
  session: string | null,
  until = born + 9000,
  server?: string | null,
): NewEvent => ({
  at: born,
  type: 'alert.silenced',
  data: {
    silence,
    session,
    ...(server !== undefined && { server }),
    until,
    reason: '',
    by: nobody,
  },
});

const unit: BotState = {
  ...{ session: 'unit', server: 'systemd', life: 'boot0001/unit', bot: '' },
  ...{ connection: 'needs-login', why: '', needs: 'qr', since: born },
  ...{ login: null, error: null, lost: null },
};

const known = after(
  running,
  ended(work),
  incident('i1', 'main', 'bot'),
  incident('i2', 'mine', 'work'),
  silenced('s1', 'bot'),
  silenced('s2', null),
  silenced('s3', 'work', born + 1000),
  started(birth('bot', 2, { server: 'mine', life: 'boot0001/9-9/$2', declared: false })),
  started(birth('twin', 3)),
  started(birth('twin', 4, { server: 'mine', life: 'boot0001/9-9/$4' })),
  incident('i3', 'mine', 'bot'),
  incident('i4', 'old', 'gone'),
  incident('i5', 'mine', 'gone'),
  silenced('s4', 'bot', born + 9000, 'mine'),
  silenced('s5', 'gone', born + 9000, null),
  silenced('s6', 'never', born + 9000, null),
);

const cases: [AgentMethod, About, string[] | null, string][] = [
  ['status', {}, [], 'looking is about nothing'],
  ['session.stop', { session: 'bot' }, ['main'], 'a session: its server'],
  ['session.stop', { session: 'x' }, [], 'one that is not there'],
  ['screen.capture', { session: 'bot' }, ['main'], 'a screen too'],
  ['bot.needs', {}, null, 'what all bots need: everything'],
  ['bot.needs', { session: 'bot' }, ['main', 'mine'], 'a namesake is told of too'],
  ['bot.needs', { session: 'mine:bot' }, ['mine'], 'one server'],
  ['bot.needs', { session: 'unit' }, ['systemd'], 'a bot without a session'],
  ['bot.needs', { session: 'x' }, [], 'one that is not there'],
  ['alert.acknowledge', { incident: 'i1' }, ['main'], 'an incident: its server'],
  ['alert.acknowledge', {}, ['mine'], 'without one the newest'],
  ['alert.acknowledge', { incident: 'i9' }, [], 'one that is not there'],
  ['alert.silence', { session: 'bot' }, ['main'], 'a silence: its session'],
  ['alert.silence', { session: 'work' }, ['mine'], 'one that ended: where it was in an incident'],
  ['alert.silence', { session: null }, null, 'everything'],
  ['alert.silence', { session: 'mine:bot' }, ['mine'], 'a namesake of it: its own server'],
  ['alert.silence', { session: 'twin' }, ['main', 'mine'], 'either of two: both servers'],
  ['alert.silence', { session: 'gone' }, ['mine'], 'the newest incident counts'],
  ['alert.silence', { session: 'old:gone' }, ['old'], 'or that of the server named'],
  ['alert.silence', { session: 'constructor' }, null, "nobody has it: it is everybody's"],
  ['alert.unsilence', { silence: 's1' }, ['main', 'mine'], 'of every server that has the name'],
  ['alert.unsilence', { silence: 's4' }, ['mine'], 'by the id of a silence'],
  ['alert.unsilence', { silence: 'mine:bot' }, ['mine'], 'or by its session'],
  ['alert.unsilence', { silence: 's5' }, ['mine', 'old'], 'of every server that had the name'],
  ['alert.unsilence', { silence: 's6' }, null, "of a name that is nobody's"],
  ['alert.unsilence', { silence: 's2' }, null, 'that of everything'],
  ['alert.unsilence', { silence: 's3' }, [], 'one that ran out is none'],
  ['alert.unsilence', {}, [], 'none named'],
];

const state = { ...known, bots: { unit } };

t.test('whose a call is', async (t) => {
  t.equal(bot.server, 'main');
  for (const [method, about, servers, name] of cases) {
    t.strictSame(concerned(state, method, about, born + 5000), servers, `${method}: ${name}`);
  }
});

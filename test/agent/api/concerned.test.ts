import t from 'tap';
import { type About, concerned } from '../../../agent/api/concerned.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import { after, born, bot, nobody, running, work } from '../model/sample.ts';
import { ended } from '../model/sample-events.ts';

const incident = (id: string, server: string, session: string): NewEvent => ({
  at: born,
  type: 'incident.opened',
  data: { incident: id, server, lives: [], sessions: [session] },
});
const silenced = (silence: string, session: string | null, until = born + 9000): NewEvent => ({
  at: born,
  type: 'alert.silenced',
  data: { silence, session, until, reason: '', by: nobody },
});

const state = after(
  running,
  ended(work),
  incident('i1', 'main', 'bot'),
  incident('i2', 'mine', 'work'),
  silenced('s1', 'bot'),
  silenced('s2', null),
  silenced('s3', 'work', born + 1000),
);

const cases: [AgentMethod, About, string[] | null, string][] = [
  ['status', {}, [], 'looking is about nothing'],
  ['session.stop', { session: 'bot' }, ['main'], 'a session: its server'],
  ['session.stop', { session: 'x' }, [], 'one that is not there'],
  ['screen.capture', { session: 'bot' }, ['main'], 'a screen too'],
  ['alert.acknowledge', { incident: 'i1' }, ['main'], 'an incident: its server'],
  ['alert.acknowledge', {}, ['mine'], 'without one the newest'],
  ['alert.acknowledge', { incident: 'i9' }, [], 'one that is not there'],
  ['alert.silence', { session: 'bot' }, ['main'], 'a silence: its session'],
  ['alert.silence', { session: 'work' }, ['mine'], 'one that ended: where it was in an incident'],
  ['alert.silence', { session: null }, null, 'everything'],
  ['alert.silence', { session: 'constructor' }, [], 'a name every object has'],
  ['alert.unsilence', { silence: 's1' }, ['main'], 'by the id of a silence'],
  ['alert.unsilence', { silence: 'bot' }, ['main'], 'or by its session'],
  ['alert.unsilence', { silence: 's2' }, null, 'that of everything'],
  ['alert.unsilence', { silence: 's3' }, [], 'one that ran out is none'],
  ['alert.unsilence', {}, [], 'none named'],
];

t.test('whose a call is', async (t) => {
  t.equal(bot.server, 'main');
  for (const [method, about, servers, name] of cases) {
    t.strictSame(concerned(state, method, about, born + 5000), servers, `${method}: ${name}`);
  }
});

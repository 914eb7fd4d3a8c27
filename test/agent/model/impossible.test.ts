import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Event, NewEvent } from '../../../agent/model/event.ts';
import { fold } from '../../../agent/model/fold.ts';
import { begun, done, failed as failedRefresh } from '../decide/refresh/ground.ts';
import { changed, failed, lost, refreshed } from './bot/sample-bots.ts';
import {
  after,
  birth,
  born,
  bot,
  numbered,
  running,
  serverFound,
  started,
  work,
} from './sample.ts';
import {
  acknowledged,
  died,
  ended,
  forecastCleared,
  forecastWarned,
  intended,
  linkLost,
  linkUp,
  onServer,
  opened,
  other,
  requested,
  rest,
  silenced,
  unknownLife,
  unsilenced,
  verdict,
} from './sample-events.ts';

type Impossible = [reason: string, name: string, event: NewEvent, given?: NewEvent[]];

const heldRefresh = (session: string, refresh: string | null): NewEvent => ({
  ...{ at: born, type: 'refresh.held' },
  data: { session, server: 'main', reason: 'needs-person', refresh },
});

const impossible: Impossible[] = [
  [
    'unknown-server',
    'a server found that nobody watches',
    { ...serverFound, data: { ...serverFound.data, server: 'x' } } as NewEvent,
  ],
  ['unknown-forecast', 'a warning taken back that nobody gave', forecastCleared],
  ['unknown-life', 'a warning of a life nobody knows', forecastWarned(unknownLife)],
  ['wrong-status', 'a server found that runs already', serverFound],
  ['wrong-status', 'a server that resumes and was not hung', onServer('server.resumed')],
  ['wrong-status', 'a socket restored that was not lost', onServer('server.socket_restored')],
  ['wrong-status', 'a server that dies twice', onServer('server.died'), [onServer('server.died')]],
  ['wrong-status', 'a server hung twice', onServer('server.hung'), [onServer('server.hung')]],
  ['wrong-instance', 'the death of another process', onServer('server.died', 'main', other)],
  ['wrong-instance', 'the death of a server that never ran', onServer('server.died', 'mine')],
  ['unknown-server', 'the death of a server nobody watches', onServer('server.died', 'x')],
  [
    'unknown-session',
    'an undeclared session undeclared',
    { at: born, type: 'session.undeclared', data: { session: 'x' } },
  ],
  [
    'unknown-server',
    'a session created on no server',
    { at: born, type: 'session.created', data: birth('x', 9, { server: 'x' }) },
  ],
  ['life-exists', 'a life created twice', { at: born, type: 'session.created', data: bot }],
  ['unknown-server', 'a session supervised on no server', started(birth('x', 9, { server: 'x' }))],
  ['life-exists', 'a life supervised twice', started(bot)],
  [
    'unknown-life',
    'an unknown life renamed',
    {
      at: born,
      type: 'session.renamed',
      data: { life: unknownLife, session: 'x', from: 'x', to: 'y' },
    },
  ],
  [
    'unknown-life',
    'the panes of an unknown life',
    {
      at: born,
      type: 'session.panes_changed',
      data: { life: unknownLife, session: 'x', panes: [], more: 0 },
    },
  ],
  ...[unknownLife, 'work'].map(
    (life): Impossible => [
      'unknown-life',
      `the health of ${life === 'work' ? 'a life nobody declared' : 'an unknown life'}`,
      {
        at: born,
        type: 'health.changed',
        data: {
          ...{ session: 'work', server: 'main', life: life === 'work' ? work.life : life },
          ...{ from: null, to: 'failed', check: 'screen', reason: '' },
        },
      },
    ],
  ),
  ['unknown-life', 'the end of an unknown life', ended(birth('x', 9))],
  ['unknown-life', 'the death of an unknown life', died(birth('x', 9))],
  ['unknown-life', 'a second death', died(bot), [died(bot)]],
  ['unknown-life', 'an end after a death', ended(bot), [died(bot)]],
  ['incident-exists', 'an incident opened twice', opened('1'), [opened('1')]],
  [
    'unknown-incident',
    'an unknown incident that grows',
    { at: born, type: 'incident.grew', data: { incident: '9', lives: [], sessions: [] } },
  ],
  [
    'unknown-incident',
    'a verdict on an unknown incident',
    { at: born, type: 'verdict.reached', data: { incident: '9', verdict: verdict('signal') } },
  ],
  ['action-exists', 'an action requested twice', requested('a1'), [requested('a1')]],
  [
    'unknown-action',
    'an unknown action done',
    { at: born, type: 'action.done', data: { action: 'a9', settled: 'reported' } },
  ],
  [
    'unknown-action',
    'an action failed that was done',
    { at: born, type: 'action.failed', data: { action: 'a1', code: 'x', message: '' } },
    [
      requested('a1'),
      { at: born, type: 'action.done', data: { action: 'a1', settled: 'reported' } },
    ],
  ],
  [
    'unknown-action',
    'an unknown action lost',
    { at: born, type: 'action.lost', data: { action: 'a9', why: '' } },
  ],
  ['intent-exists', 'an intent declared twice', intended('i1'), [intended('i1')]],
  [
    'unknown-intent',
    'an unknown intent expired',
    { at: born, type: 'intent.expired', data: { intent: 'i9' } },
  ],
  ['unknown-incident', 'an unknown incident acknowledged', acknowledged('9')],
  [
    'silence-exists',
    'a silence of an id that there is',
    silenced('s1', null, born + 9),
    [silenced('s1', 'bot', born + 9)],
  ],
  ['unknown-silence', 'an unknown silence ended', unsilenced('s9')],
  [
    'unknown-silence',
    'a silence ended twice',
    unsilenced('s1'),
    [silenced('s1', 'bot', born + 9), unsilenced('s1')],
  ],
  ['unknown-life', 'a bot of an unknown life', changed('ready', { life: unknownLife })],
  ['unknown-bot', 'the login of an unknown bot', refreshed],
  ['unknown-bot', 'an error of an unknown bot', failed],
  ['unknown-bot', 'an unknown bot lost', lost()],
  ['wrong-status', 'a bot lost twice', lost(), [changed('ready'), lost()]],
  ['unknown-session', 'a refresh of nobody', begun(born, { session: 'none' })],
  ['unknown-life', 'a refresh in an unknown life', begun(born, { life: unknownLife })],
  ['refresh-exists', 'two at once', begun(born, { refresh: 'r2' }), [begun(born)]],
  ['unknown-refresh', 'an unknown one done', done(born)],
  ['unknown-refresh', 'one done twice', done(born), [begun(born), done(born)]],
  ['unknown-refresh', 'an unknown one failed', failedRefresh(born)],
  ['unknown-session', 'nobody held', heldRefresh('none', null)],
  ['unknown-refresh', 'an unknown one held', heldRefresh('bot', 'r9'), [begun(born)]],
  [
    'wrong-status',
    'one released that is not held',
    {
      ...{ at: born, type: 'refresh.released' },
      data: { session: 'bot', server: 'main', reason: 'gave-up', why: 'renewed' },
    },
  ],
  ['unknown-link', 'an unknown link lost', linkLost(12)],
  ['unknown-link', 'a link lost twice', linkLost(12), [linkUp, linkLost(12)]],
  ['unknown-link', 'the link before this one lost', linkLost(11), [linkUp]],
  [
    'unknown-type',
    'an event of a newer release',
    { at: born, type: 'weather.changed', data: {} } as unknown as NewEvent,
  ],
  [
    'unknown-type',
    'an event of a name every object has',
    { at: born, type: 'constructor', data: {} } as unknown as NewEvent,
  ],
];

for (const [reason, name, event, given = []] of impossible) {
  t.test(`${name} is rejected: ${reason}`, async (t) => {
    const before = after(running, ...given);
    t.strictSame(before.counts.rejected, {}, 'all before is possible');
    const told: unknown[] = [];
    const [numberedEvent] = numbered([event], before.seq);
    const now = fold(before, numberedEvent ? [numberedEvent] : [], (why, which) =>
      told.push([why, which]),
    );
    t.strictSame(rest(now), rest(before));
    t.strictSame(now.counts.rejected, { [reason]: 1 });
    t.strictSame(told, [[reason, numberedEvent]]);
    t.equal(now.seq, before.seq + 1);
    t.equal(now.at, event.at);
    t.equal(now.counts.events, before.counts.events + 1);
  });
}

t.test('an event whose number is not greater is rejected: out-of-order', async (t) => {
  for (const seq of [running.seq, running.seq - 3, 0]) {
    const [event] = numbered([ended(bot)], seq - 1);
    const now = fold(running, event ? [event] : []);
    t.strictSame({ ...now.counts, rejected: {} }, running.counts);
    t.strictSame(now.counts.rejected, { 'out-of-order': 1 });
    t.strictSame({ ...now, counts: null }, { ...running, counts: null });
  }
});

t.test('whatever comes, folding changes no state it was given', async () => {
  const events = numbered([...impossible.flatMap(([, , event, given = []]) => [...given, event])]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (some) => {
      const text = JSON.stringify(running);
      const order = some.map((event, i): Event => ({ ...event, seq: running.seq + i + 1 }));
      const whole = fold(running, order);
      assert.equal(JSON.stringify(running), text);
      const half = fold(running, order.slice(0, 5));
      assert.deepEqual(fold(JSON.parse(JSON.stringify(half)), order.slice(5)), whole);
    }),
  );
});

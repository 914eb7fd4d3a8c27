import t from 'tap';
import { createRecovery } from '../../../agent/act/carry-out-plan.ts';
import type { Hands } from '../../../agent/act/hands.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { lifeId } from '../../../agent/model/life.ts';
import type { State } from '../../../agent/model/state.ts';
import { after, bootId, born, bot, instance, running } from '../model/sample.ts';
import { died, onServer } from '../model/sample-events.ts';
import { config, handsUpon } from './sample-hands.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

const opened = (incident: string, server: string, session: string, trace: string): NewEvent => ({
  ...{ at: born, type: 'incident.opened', trace },
  data: { incident, server, lives: [lifeId(bootId, instance, '$1')], sessions: [session] },
});

const [older, cause, elsewhere] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [
  ...[string, string, string],
];

const dead = after(
  running,
  opened('1', 'main', 'bot', older),
  opened('2', 'main', 'bot', cause),
  opened('3', 'mine', 'bot', elsewhere),
  opened('4', 'main', 'work', elsewhere),
  died(bot),
);

const recovering = (from: State = dead, changes: Partial<Hands> = {}) => {
  const upon = handsUpon(from, changes);
  const troubles: unknown[] = [];
  const observed = new Set(['main']);
  const recovery = createRecovery(
    upon.hands,
    observed,
    async () => true,
    (what, why) => troubles.push([what, why]),
  );
  return { ...upon, recovery, troubles, observed };
};

const brought = ['decision.made', 'action.requested', 'durable', 'session.create', 'action.done'];

t.test('what is missing is brought back, once for all that happened in a turn', async (t) => {
  let plans = 0;
  const { recovery, steps } = recovering(dead, {
    config: () => {
      plans += 1;
      return config;
    },
  });
  for (const _ of [1, 2, 3]) recovery.consider();
  t.strictSame(steps, [], 'not while it still happens');
  await turn();
  await turn();
  t.strictSame(steps, brought);
  t.equal(plans, 3, 'one for the plan, two for how it is started');
});

t.test('what is under way is not asked for again', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { recovery, steps } = recovering(dead, { durable: () => promise });
  for (const _ of [1, 2, 3]) {
    recovery.consider();
    await turn();
  }
  t.strictSame(steps, ['decision.made', 'action.requested']);
  resolve();
  await turn();
  t.strictSame(steps.slice(2), ['session.create', 'action.done']);
});

t.test('decision and action carry the trace of the newest incident of their target', async (t) => {
  const { recovery, events } = recovering();
  recovery.consider();
  await turn();
  t.strictSame(
    events.map(({ type, trace }) => [type, trace]),
    [
      ['decision.made', cause],
      ['action.requested', cause],
      ['action.done', cause],
    ],
  );
});

t.test("a server's is that of any of its sessions; what never died has none", async (t) => {
  const server = recovering(after(dead, onServer('server.died')));
  server.recovery.consider();
  await turn();
  t.match(server.events[1], { trace: elsewhere, data: { kind: 'server.start' } });

  const fresh = recovering(after(running, died(bot)));
  fresh.recovery.consider();
  await turn();
  t.strictSame(
    fresh.events.map((event) => event.trace),
    [undefined, undefined, undefined],
  );
});

t.test('nothing is done about a server that was not looked at', async (t) => {
  const { recovery, observed, steps } = recovering();
  observed.clear();
  recovery.consider();
  await turn();
  t.strictSame(steps, []);
  observed.add('main');
  recovery.consider();
  await turn();
  t.strictSame(steps, brought);
});

t.test('a plan that fails is reported, and the next is made all the same', async (t) => {
  const broken = new Error('oh');
  let fails = true;
  const { recovery, steps, troubles } = recovering(dead, {
    config: () => {
      if (fails) throw broken;
      return config;
    },
  });
  recovery.consider();
  await turn();
  t.strictSame(troubles, [['what to bring back cannot be planned', broken]]);
  fails = false;
  recovery.consider();
  await turn();
  t.strictSame(steps, brought);
});

t.test('an action that fails is in the log; one that cannot be recorded is reported', async (t) => {
  const noLink = new RequestFailure('no-link', 'no link is connected');
  const failed = recovering(dead, { call: () => Promise.reject(noLink) });
  failed.recovery.consider();
  await turn();
  t.strictSame(failed.troubles, []);
  t.match(failed.events.at(-1), { type: 'action.failed', data: { code: 'no-link' } });

  const broken = new Error('oh');
  const { hands } = handsUpon(dead);
  const unrecorded = recovering(dead, {
    record: (events) => {
      if (events[0]?.type === 'action.requested') throw broken;
      hands.record(events);
    },
  });
  unrecorded.recovery.consider();
  await turn();
  t.strictSame(unrecorded.troubles, [['session.create failed', broken]]);
});

t.test('after the end nothing is brought back, not even what was asked for before', async (t) => {
  const { recovery, steps } = recovering();
  recovery.consider();
  recovery.stop();
  await turn();
  recovery.consider();
  await turn();
  t.strictSame(steps, []);
});

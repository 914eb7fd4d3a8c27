import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { readUnexplained } from '../../../../agent/act/verdict/left-unexplained.ts';
import { createVerdicts } from '../../../../agent/act/verdict/verdicts.ts';
import type { Event, NewEvent } from '../../../../agent/model/event.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { Verdict } from '../../../../agent/model/events/incident.ts';
import type { State } from '../../../../agent/model/state.ts';
import { signal, status } from '../../explain/sample-death.ts';
import { after, bootId, born, bot, numbered, running, work } from '../../model/sample.ts';
import { onServer, opened, verdict } from '../../model/sample-events.ts';
import { dies } from '../sample-died.ts';

const lateMs = 200;
const trace = 't'.repeat(32);

type Killed = { how: 'killed'; text: string };

const serverDied = (at = born + 9, server = 'main'): NewEvent => {
  const event = onServer('server.died', server);
  return { ...event, at, data: { ...event.data, text: 'lost server' } as Killed } as NewEvent;
};

const workDies = (changes: Partial<DeathRecord> = {}) =>
  dies({ life: work.life, session: 'work', ...changes });

const grew: NewEvent = {
  ...{ at: born, type: 'incident.grew' },
  data: { incident: '1', lives: [work.life], sessions: ['work'] },
};

const reached = (incident: string): NewEvent => ({
  ...{ at: born, type: 'verdict.reached' },
  data: { incident, verdict: verdict('unknown') },
});

/** Verdicts upon a state with the incident 1, with time that only the test moves. */
const judging = (t: Test, from: State = after(running, opened('1', [bot.life]))) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const told: { event: NewEvent; trace: string }[] = [];
  let state = from;
  const verdicts = createVerdicts({
    ...{ state: () => state, now: () => born + 500, bootId, cleanStop: false },
    record: (events, trace) => {
      told.push(...events.map((event) => ({ event, trace })));
      state = after(state, ...events);
    },
  });
  const take = (...events: NewEvent[]): void => {
    const taken = numbered(events, state.seq);
    state = after(state, ...events);
    verdicts.take(taken);
  };
  const found = () =>
    told.flatMap(({ event }) => (event.type === 'verdict.reached' ? event.data.verdict : []));
  return { verdicts, told, take, found, state: () => state };
};

/** The sessions a verdict speaks of. */
const named = ({ evidence }: Verdict): string[] =>
  ['bot', 'work'].filter((name) => evidence.some(({ text }) => text.startsWith(`${name}: `)));

t.test('late evidence of an incident joins it; then it is explained, once', async (t) => {
  const { take, told, found } = judging(t);
  take(dies());
  mock.timers.tick(lateMs - 1);
  take(grew, workDies());
  t.strictSame(told, []);
  mock.timers.tick(1);
  t.match(told, [
    { trace, event: { at: born + 500, type: 'verdict.reached', data: { incident: '1' } } },
  ]);
  t.strictSame(found().map(named), [['bot', 'work']]);
  mock.timers.tick(60_000);
  t.equal(told.length, 1);
});

t.test('what comes after the verdict leads to another, of all', async (t) => {
  const { take, found, state } = judging(t);
  take(dies({ exit: signal(9) }));
  mock.timers.tick(lateMs);
  t.match(found(), [{ cause: 'signal', signal: { number: 9 } }]);
  take(grew, workDies({ exit: status(1) }));
  mock.timers.tick(lateMs);
  t.strictSame(found().map(named), [['bot'], ['bot', 'work']]);
  t.equal(state().incidents['1']?.counted, 2);
});

t.test('deaths of two incidents are explained each by itself', async (t) => {
  const { take, told } = judging(t, after(running, opened('1'), opened('2')));
  take(dies({ exit: status(3) }), workDies({ incident: '2', exit: signal(15) }));
  mock.timers.tick(lateMs);
  t.match(
    told.map(({ event }) => event.data),
    [
      { incident: '1', verdict: { exitStatus: 3 } },
      { incident: '2', verdict: { signal: { number: 15 } } },
    ],
  );
});

t.test("the server's end joins its sessions' incident, whichever comes first", async (t) => {
  const { take, found } = judging(t);
  take(serverDied(), dies());
  mock.timers.tick(lateMs);
  t.match(found(), [{ scope: 'server', evidence: [{ at: born + 9, text: 'lost server' }] }]);
});

t.test('also when they were explained already', async (t) => {
  const { take, found } = judging(t);
  take(dies());
  mock.timers.tick(lateMs);
  take(serverDied(born + 2000));
  mock.timers.tick(lateMs);
  t.strictSame(
    found().map(({ scope }) => scope),
    ['session', 'server'],
  );
  t.match(found()[1]?.summary, '1 session ');
});

t.test('it explains nothing where a program is known to have ended by itself', async (t) => {
  const { take, found } = judging(t);
  take(serverDied(), dies({ exit: status(1) }));
  mock.timers.tick(lateMs);
  t.match(found(), [{ cause: 'program-exit', scope: 'session' }]);
  take(serverDied());
  mock.timers.tick(lateMs);
  t.equal(found().length, 1);
});

t.test('the end of another server, a later one, or one without sessions is no part', async (t) => {
  for (const end of [serverDied(born, 'mine'), serverDied(born + 2001)]) {
    const { take, found } = judging(t);
    take(dies(), end);
    mock.timers.tick(lateMs);
    t.match(found(), [{ scope: 'session' }]);
    mock.timers.reset();
  }
  const { take, found } = judging(t, running);
  take(serverDied());
  mock.timers.tick(lateMs);
  t.strictSame(found(), []);
});

t.test('nothing is said of an incident that is forgotten, nor after the end', async (t) => {
  const { take, told, verdicts } = judging(t);
  take(dies({ incident: '77' }));
  mock.timers.tick(lateMs);
  t.strictSame(told, [], 'forgotten');
  take(dies());
  verdicts.close();
  mock.timers.tick(lateMs);
  t.strictSame(told, [], 'closed');
});

t.test(
  'what was found of one that is forgotten is not kept for the next of that name',
  async (t) => {
    const { take, told } = judging(t, running);
    take(dies({ incident: '77' }));
    mock.timers.tick(lateMs);
    mock.timers.tick(10_000);
    take(opened('77', [bot.life]));
    take(serverDied());
    mock.timers.tick(lateMs);
    t.strictSame(told, []);
  },
);

t.test('incidents that were left unexplained are taken up again', async (t) => {
  const traces = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32));
  const of = (event: NewEvent, i: number): NewEvent => ({ ...event, trace: traces[i] ?? '' });
  const before = after(
    running,
    ...[of(opened('1', [bot.life]), 0), of(opened('2', [work.life]), 1), reached('2')],
    ...[of(opened('3', [bot.life]), 2), reached('3')],
    { ...grew, data: { ...grew.data, incident: '3' } } as NewEvent,
  );
  const { verdicts, told } = judging(t, before);
  const stored = numbered([
    of(dies({ exit: status(7) }), 0),
    of(dies({ incident: '2' }), 1),
    of(dies({ incident: '3' }), 2),
    of({ ...serverDied(born, 'main') }, 2),
    of(dies({ incident: '4' }), 3),
  ]);
  const queries: unknown[] = [];
  const read = async (query: unknown): Promise<Event[]> => {
    queries.push(query);
    return stored;
  };
  for await (const events of readUnexplained(before, { read })) verdicts.take(events);
  mock.timers.tick(lateMs);
  t.match(
    told.map(({ event, trace }) => [trace, event.data]),
    [
      [traces[0], { incident: '1', verdict: { exitStatus: 7 } }],
      [traces[2], { incident: '3', verdict: { scope: 'server' } }],
    ],
  );
  t.equal(told.length, 2, 'what is explained is left alone');
  const span = { since: born - 10_000, until: born + 10_000 };
  const query = { types: ['session.died', 'unit.ended', 'server.died'], ...span, limit: 1000 };
  t.strictSame(queries, [query, query]);
});

t.test('a verdict that stands is not replaced by one about no session', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const state = after(running, opened('1', [bot.life]), reached('1'));
  const told: NewEvent[] = [];
  const verdicts = createVerdicts({
    state: () => state,
    now: () => born,
    bootId,
    cleanStop: false,
    record: (events) => void told.push(...events),
  });
  verdicts.take(numbered([serverDied()], state.seq));
  mock.timers.tick(lateMs * 2);
  t.strictSame(told, []);
});

import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { createVerdicts } from '../../../agent/act/verdicts.ts';
import type { Event, EventOf, NewEvent } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { SourceFact } from '../../../agent/model/source-fact.ts';
import type { Incident, State } from '../../../agent/model/state.ts';
import { death, signal, status } from '../explain/sample-death.ts';
import { after, bootId, born, bot, numbered, running, work } from '../model/sample.ts';
import { onServer, opened, verdict } from '../model/sample-events.ts';

const lateMs = 200;
const trace = 't'.repeat(32);

type Killed = { how: 'killed'; text: string };

const serverDied = (at = born + 9, server = 'main'): NewEvent => {
  const event = onServer('server.died', server);
  return { ...event, at, data: { ...event.data, text: 'lost server' } as Killed } as NewEvent;
};

const dies = (changes: Partial<DeathRecord> = {}, at = born): NewEvent => ({
  ...{ at, type: 'session.died' },
  data: death({ life: bot.life, session: 'bot', incident: '1', found: at, ...changes }),
});

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
  await verdicts.resume(before, { read });
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
  const query = { types: ['session.died', 'server.died'], ...span, limit: 1000 };
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
  await verdicts.resume(state, { read: async () => [] });
  verdicts.take(numbered([serverDied()], state.seq));
  mock.timers.tick(lateMs * 2);
  t.strictSame(told, []);
});

/** Evidence of others that tells of a login, in time. */
const login = (text: string): SourceFact => ({
  ...{ at: born - 1000, source: 'logind', text, kind: 'login-session' },
  ...{ session: '3', phase: 'begun', user: 'deploy', leader: 7 },
});

type Asked = Pick<Parameters<typeof createVerdicts>[0], 'ask' | 'lookFurther' | 'recall'>;

/** Verdicts on the incident 1 as they are recorded, where others are asked as well. */
const asking = (t: Test, asked: Asked, now = () => born + 500) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const told: EventOf<'verdict.reached'>['data'][] = [];
  let state = after(running, opened('1', [bot.life]), opened('2', [work.life]));
  const verdicts = createVerdicts({
    ...{ state: () => state, now, bootId, cleanStop: false, ...asked },
    record: (events) => {
      told.push(...events.flatMap(({ type, data }) => (type === 'verdict.reached' ? data : [])));
      state = after(state, ...events);
    },
  });
  const die = async (changes: Partial<DeathRecord>): Promise<void> => {
    verdicts.take(numbered([dies(changes)], state.seq));
    mock.timers.tick(lateMs);
    // What the verdict waits for is there at once: all of it has its turn before this.
    await new Promise(setImmediate);
  };
  return { told, die, verdicts };
};

t.test('what says the same with more evidence is kept, and said to be no news', async (t) => {
  const lookFurther = async () => ({ facts: [login('New session 3.')], unread: [] });
  const { told, die } = asking(t, { lookFurther });
  await die({ exit: signal(9) });
  t.equal(told.length, 2);
  t.notOk('confirms' in (told[0] ?? {}));
  t.match(told[1], { confirms: true, verdict: { preceded: [{ text: 'New session 3.' }] } });
  t.equal(told[1]?.verdict.summary, told[0]?.verdict.summary);
});

t.test('what concludes something else is news', async (t) => {
  const kill: SourceFact = {
    ...{ at: born, source: 'kernel-log', text: 'Killed process 1', kind: 'oom-kill', pid: 1001 },
    ...{ comm: 'node', uid: 0, ranOut: 'machine', limitGroup: null, victimGroup: null },
    rssBytes: 5,
  };
  const lookFurther = async () => ({ facts: [kill], unread: [] });
  const { told, die } = asking(t, { lookFurther });
  const pane = { id: '%1', pid: 1001, startTime: 1, command: 'node', exit: null, historyLines: 0 };
  await die({ exit: signal(9), panes: [pane] });
  t.match(told, [{ verdict: { cause: 'signal' } }, { verdict: { cause: 'oom-system' } }]);
  t.notOk(told.some((data) => 'confirms' in data));
});

t.test('nothing new is not kept', async (t) => {
  const { told, die } = asking(t, { lookFurther: async () => ({ facts: [], unread: [] }) });
  await die({ exit: signal(9) });
  t.equal(told.length, 1);
});

t.test('how the same came about before goes with the verdict', async (t) => {
  const recurrence = { count: 2, text: 'Second time in 3 days', prevention: null };
  const causes: unknown[] = [];
  const recall = async ({ incident, verdict: found }: Incident) => {
    causes.push([incident, found?.cause]);
    return recurrence;
  };
  const { told, die } = asking(t, { recall });
  await die({ exit: signal(9) });
  t.match(told, [{ incident: '1', recurrence }]);
  t.strictSame(causes, [['1', 'signal']], 'it is asked of what is concluded now');
});

t.test('what is the first time says nothing of it', async (t) => {
  const { told, die } = asking(t, { recall: async () => null });
  await die({ exit: signal(9) });
  t.equal(told.length, 1);
  t.notOk('recurrence' in (told[0] ?? {}));
});

/** The kernel would have told, and did not. */
const sawNothing = async () => ({
  testimony: {
    ...{ since: 0, lost: [], signals: [], ooms: [], clients: [] },
    method: 'probe' as const,
  },
});

t.test('what needs no more evidence is looked around for, and not each time', async (t) => {
  let now = born;
  let looks = 0;
  const lookFurther = async () => {
    looks += 1;
    return { facts: [login('New session 3.')], unread: [] };
  };
  const { told, die } = asking(t, { ask: sawNothing, lookFurther }, () => now);
  const crash = async (after: number) => {
    now += after;
    await die({ exit: status(1), found: now, lastSeen: now });
  };
  await crash(0);
  const [first] = told;
  t.equal(first?.verdict.confidence, 'certain', 'a verdict that needs no more');
  t.match(told[1], { confirms: true, verdict: { preceded: [{ text: 'New session 3.' }] } });
  t.strictSame(told[1]?.verdict.evidence, first?.verdict.evidence, 'what led to it stays');
  await crash(10_000);
  t.equal(looks, 1);
  await crash(50_000);
  t.equal(looks, 2);
});

t.test('a verdict that waits is not told after the end, nor where more has come in', async (t) => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const { told, die, verdicts } = asking(t, { recall: () => promise });
  await die({});
  verdicts.close();
  resolve(null);
  await new Promise(setImmediate);
  t.strictSame(told, []);
});

import t from 'tap';
import { localClock } from '../../../agent/api/local-clock.ts';
import { readPattern } from '../../../agent/api/read-pattern.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { Incident, State } from '../../../agent/model/state.ts';
import { death } from '../explain/sample-death.ts';
import { after, numbered, running } from '../model/sample.ts';
import { verdict } from '../model/sample-events.ts';
import { temporaryLog } from '../store/temporary-log.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 1);

interface Ended {
  at: number;
  sessions: string[];
  ageMs?: number;
  server?: string;
  verdict?: Verdict | null;
}

/** What is recorded of the incident with that number. */
const recorded = (ended: Ended, i: number): NewEvent[] => {
  const { at, sessions, ageMs = 3 * hour, server = 'main' } = ended;
  const incident = String(i + 1);
  const said = ended.verdict === undefined ? verdict('signal') : ended.verdict;
  const records = sessions.map((session): NewEvent => {
    const life = `${incident}/${session}`;
    const data = death({ incident, session, server, life, ageMs, found: at, lastSeen: at - 9 });
    return { at, type: 'session.died', data };
  });
  return [
    { at, type: 'incident.opened', data: { incident, server, lives: [], sessions } },
    ...records,
    ...(said ? [{ at, type: 'verdict.reached', data: { incident, verdict: said } } as const] : []),
  ];
};

/** State and log after all these. */
const livedThrough = async (t: Parameters<typeof temporaryLog>[0], all: readonly Ended[]) => {
  const { log } = await temporaryLog(t);
  const events = all.flatMap(recorded);
  log.append(numbered(events, running.seq));
  await log.durable();
  const state = after(running, ...events);
  const read = (id: number, session?: string) =>
    readPattern(log, state, state.incidents[id] as Incident, session);
  return { log, state, read };
};

/** Times that have nothing in common. */
const scattered = [0, 5, 17, 41].map((hours) => start + hours * hour);

t.test('the ages are in the log, the verdicts in the state', async (t) => {
  const { read } = await livedThrough(
    t,
    scattered.map((at) => ({ at, sessions: ['bot'] })),
  );
  t.equal(await read(1), null);
  t.match(await read(2), { count: 2, traits: [] });
  const text = 'Third time in 17 hours, always about 3h after it was started';
  t.match(await read(3), { count: 3, since: start, text }, 'what came later is not its history');
  t.match(await read(4), { count: 4 });
});

t.test(
  'without a verdict there is none, and one that waits for its own does not count',
  async (t) => {
    const { read } = await livedThrough(
      t,
      scattered.map((at, i) => ({
        ...{ at, sessions: ['bot'] },
        ...(i === 1 || i === 3 ? { verdict: null } : {}),
      })),
    );
    t.match(await read(3), { count: 2 });
    t.equal(await read(4), null);
  },
);

t.test('of several sessions the one that is asked about', async (t) => {
  const [a = 0, b = 0, c = 0] = scattered;
  const { read } = await livedThrough(t, [
    ...[a, b, c].map((at) => ({ at, sessions: ['web', 'bot'] })),
  ]);
  t.match(await read(3, 'bot'), { count: 3, traits: [{ kind: 'age' }] });
  t.match(await read(3, 'constructor'), { count: 3 });
});

t.test("another owner's server is not read", async (t) => {
  const { read } = await livedThrough(
    t,
    scattered.map((at, i) => ({ at, sessions: ['bot'], server: i < 3 ? 'other' : 'main' })),
  );
  t.equal(await read(4), null);
});

t.test('a long history is read in pages, and its last two hundred count', async (t) => {
  const { read, state, log } = await livedThrough(
    t,
    Array.from({ length: 260 }, (_, i) => ({
      ...{ at: start + i * 61_000, sessions: ['bot', ...Array(9).keys()].map(String) },
      ageMs: 40_000 + (i % 2) * 500,
    })),
  );
  const newest = Math.max(...Object.keys(state.incidents).map(Number));
  t.match(await read(newest, 'bot'), { count: 200, traits: [{ kind: 'age' }] });
  const sizes: number[] = [];
  const counting = Object.create(log, {
    readPage: {
      value: async (...query: Parameters<typeof log.readPage>) => {
        const page = await log.readPage(...query);
        sizes.push(JSON.stringify(page.events).length);
        return page;
      },
    },
  }) as typeof log;
  await readPattern(counting, state, state.incidents[newest] as Incident);
  t.ok(sizes.length <= 12, `${sizes.length} questions to the store`);
  t.ok(Math.max(...sizes) < 512 * 1024);
});

t.test('a name that every object has', async (t) => {
  const { read } = await livedThrough(
    t,
    scattered.map((at) => ({ at, sessions: ['__proto__', 'constructor'] })),
  );
  t.match(await read(4), { count: 4 });
});

t.test('the clock on the wall', async (t) => {
  const zone = process.env['TZ'];
  t.teardown(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'Europe/Berlin';
  const at = Date.UTC(2026, 9, 24, 22, 30, 5, 7);
  t.strictSame(localClock(at), { day: 20_751, ms: 30 * 60_000 + 5007 });
  t.equal(localClock(at).day, Date.UTC(2026, 9, 25) / (24 * hour));
  const shown = [0, 1, 2, 3].map((i) => localClock(at + i * hour).ms / hour);
  t.match(shown.map(Math.floor), [0, 1, 2, 2], 'an hour that comes twice');
});

/** Only what it reads of a state. */
const bare = { incidents: {} } as State;

t.test('an incident that the state does not know any more', async (t) => {
  const { log, state } = await livedThrough(t, [{ at: start, sessions: ['bot'] }]);
  t.equal(await readPattern(log, bare, state.incidents['1'] as Incident), null);
});

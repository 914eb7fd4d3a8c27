import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { startSchedule, type Turns } from '../../../agent/app/schedule.ts';

/** A schedule in time that only the test moves; `turns` counts what had its turn. */
const scheduled = (
  t: Test,
  given: Partial<Turns> = {},
  watchdogMs: number | null = null,
  healthMs = 30_000,
) => {
  let elapsed = 0;
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  t.intercept(performance, 'now', { value: () => elapsed });
  const counts: Record<string, number> = {};
  const troubles: unknown[] = [];
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const turns: Turns = {
    measure: async () => count('measure'),
    measured: () => count('measured'),
    look: () => count('look'),
    status: () => count('status'),
    health: () => count('health'),
    sessions: () => count('sessions'),
    retain: async () => count('retain'),
    watchdog: () => count('watchdog'),
    witness: async () => count('witness'),
    sources: async () => count('sources'),
    screens: async () => count('screens'),
    giveBack: () => count('giveBack'),
    units: async () => count('units'),
    ...given,
  };
  const schedule = startSchedule(turns, { healthMs, watchdogMs }, (what, cause) =>
    troubles.push([what, cause]),
  );
  t.teardown(() => {
    schedule.stop();
    mock.timers.reset();
  });
  /** Lets time pass in steps of 100 ms, and what was begun end after each second. */
  const pass = async (ms: number): Promise<void> => {
    for (const end = elapsed + ms; elapsed < end; ) {
      elapsed += 100;
      mock.timers.tick(100);
      if (elapsed % 1000 === 0 || elapsed === end) await new Promise(setImmediate);
    }
  };
  return { schedule, counts, count, troubles, pass };
};

t.test('each has its turn in its time', async (t) => {
  const { counts, pass } = scheduled(t);
  await pass(900);
  t.strictSame(counts, {});
  await pass(100);
  t.strictSame(counts, { look: 1, units: 1, status: 1 });
  await pass(3900);
  t.strictSame(counts, { look: 4, units: 4, status: 4 });
  await pass(100);
  t.strictSame(counts, { look: 5, units: 5, status: 5, measure: 1, measured: 1, witness: 1 });
  await pass(25_000);
  t.strictSame(counts, {
    look: 30,
    units: 30,
    status: 30,
    measure: 6,
    measured: 6,
    health: 1,
    witness: 6,
  });
});

t.test(
  'the log is kept within its bounds every hour, the watchdog only where one is',
  async (t) => {
    const { counts, pass } = scheduled(t);
    await pass(3_599_900);
    t.notOk(counts['retain']);
    await pass(100);
    t.match(counts, { retain: 1, health: 120, giveBack: 60 });
    t.notOk(counts['watchdog']);
  },
);

t.test('a watchdog hears of us three times in its interval', async (t) => {
  const { counts, pass } = scheduled(t, {}, 9000);
  await pass(9000);
  t.equal(counts['watchdog'], 3);
  await pass(81_000);
  t.equal(counts['watchdog'], 30);
});

t.test('but not when the measures are old, though the loop turns', async (t) => {
  const hanging = Promise.withResolvers<void>();
  const { counts, pass } = scheduled(t, { measure: () => hanging.promise }, 9000);
  await pass(60_000);
  t.equal(counts['watchdog'], 6, 'for the first 20 s, in which one was due');
  t.equal(counts['status'], 60);
  hanging.resolve();
  await pass(3000);
  t.equal(counts['watchdog'], 7, 'it is well again');
});

t.test('a measure that fails is reported, and what needs it waits for the next', async (t) => {
  const broken = new Error('oh');
  let fails = true;
  const { counts, count, troubles, pass } = scheduled(t, {
    measure: async () => {
      if (fails) throw broken;
      count('measure');
    },
  });
  await pass(5000);
  t.strictSame(troubles, [['periodic work failed', broken]]);
  t.notOk(counts['measured']);
  fails = false;
  await pass(5000);
  t.match(counts, { measure: 1, measured: 1 });
});

t.test('what is still under way is not begun again', async (t) => {
  const first = Promise.withResolvers<void>();
  let begun = 0;
  const { counts, pass } = scheduled(t, {
    measure: () => {
      begun += 1;
      return begun === 1 ? first.promise : Promise.resolve();
    },
  });
  await pass(20_000);
  t.equal(begun, 1);
  first.resolve();
  await pass(5000);
  t.equal(begun, 2);
  t.equal(counts['measured'], 2);
});

t.test('a new life is measured soon, many new ones once', async (t) => {
  const { schedule, counts, pass } = scheduled(t);
  for (const _ of [1, 2, 3]) schedule.measureSoon();
  await pass(200);
  schedule.measureSoon();
  t.strictSame(counts, {});
  await pass(100);
  t.strictSame(counts, { measure: 1 }, 'and nothing is looked at for that');
  schedule.measureSoon();
  await pass(300);
  t.strictSame(counts, { measure: 2 });
});

t.test('a measure soon that fails is reported, and keeps no later one away', async (t) => {
  const broken = new Error('oh');
  const { schedule, troubles, pass } = scheduled(t, { measure: () => Promise.reject(broken) });
  for (const _ of [1, 2]) {
    schedule.measureSoon();
    await pass(300);
  }
  const trouble = ['work put off failed', broken];
  t.strictSame(troubles, [trouble, trouble]);
});

t.test('a measure made at once counts for the watchdog too', async (t) => {
  const hanging = Promise.withResolvers<void>();
  let begun = 0;
  const { schedule, counts, pass } = scheduled(
    t,
    {
      measure: () => {
        begun += 1;
        return begun === 1 ? hanging.promise : Promise.resolve();
      },
    },
    9000,
  );
  await pass(30_000);
  t.equal(counts['watchdog'], 6);
  await schedule.measureNow();
  await pass(3000);
  t.equal(counts['watchdog'], 7);
});

t.test('after the end nothing has its turn', async (t) => {
  const { schedule, counts, pass } = scheduled(t, {}, 9000);
  schedule.measureSoon();
  schedule.stop();
  await pass(3_600_000);
  t.strictSame(counts, {});
});

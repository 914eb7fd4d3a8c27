import fc from 'fast-check';
import t from 'tap';
import { createBackoff } from '../../../agent/heartbeat/backoff.ts';
import { createBreaker } from '../../../agent/heartbeat/breaker.ts';

/** A breaker whose time the test sets, and what it counted. */
const breakerAt = () => {
  const clock = { now: 0 };
  const counted: string[] = [];
  const breaker = createBreaker({
    failures: 3,
    windowMs: 1000,
    probeAfterMs: 5000,
    now: () => clock.now,
    beat: { count: (name) => void counted.push(name) },
    name: 'api',
  });
  const fail = (): void => breaker.attempt()?.failed();
  return { breaker, clock, counted, fail };
};

t.test('waits grow, are never longer than the longest, and never all the same', async (t) => {
  const least = createBackoff({ first: 100, longest: 1000, random: () => 1 });
  t.same(
    [1, 2, 3, 4, 5, 6].map(() => least.next()),
    [50, 100, 200, 400, 500, 500],
  );
  least.reset();
  t.equal(least.next(), 50);
  const most = createBackoff({ random: () => 0 });
  t.same([most.next(), most.next()], [1000, 2000]);
});

t.test('it opens after so many failures within the window, and not before', async (t) => {
  const { breaker, clock, fail } = breakerAt();
  fail();
  fail();
  clock.now = 1000;
  fail();
  t.equal(breaker.state, 'closed');
  clock.now = 1500;
  fail();
  fail();
  t.equal(breaker.state, 'open');
  t.equal(breaker.trips, 1);
  t.equal(breaker.attempt(), null);
});

t.test('one attempt is let through after a while; it decides', async (t) => {
  const { breaker, clock, counted, fail } = breakerAt();
  const before = breaker.attempt();
  for (let i = 0; i < 3; i += 1) fail();
  clock.now = 5000;
  const probe = breaker.attempt();
  t.ok(probe);
  t.equal(breaker.state, 'half-open');
  t.equal(breaker.attempt(), null, 'there is one probe');
  before?.succeeded();
  t.equal(breaker.state, 'half-open', 'what began before says nothing of now');
  probe?.failed();
  t.equal(breaker.state, 'open');
  clock.now = 10_000;
  breaker.attempt()?.succeeded();
  t.equal(breaker.state, 'closed');
  t.equal(breaker.trips, 1);
  t.same(counted, ['api.opened', 'api.probed', 'api.probed', 'api.closed']);
});

t.test('a probe that never says how it went makes room for the next', async (t) => {
  const { breaker, clock, fail } = breakerAt();
  for (let i = 0; i < 3; i += 1) fail();
  clock.now = 5000;
  const silent = breaker.attempt();
  clock.now = 10_000;
  const next = breaker.attempt();
  silent?.succeeded();
  t.equal(breaker.state, 'half-open');
  next?.succeeded();
  t.equal(breaker.state, 'closed');
});

t.test('what is run passes on what it returns and throws', async (t) => {
  const { breaker } = breakerAt();
  t.equal(await breaker.run(async () => 1), 1);
  t.equal(await breaker.run(() => 2), 2);
  const failing = () => breaker.run(() => Promise.reject(new RangeError('no')));
  for (let i = 0; i < 3; i += 1) await t.rejects(failing(), RangeError);
  await t.rejects(failing(), { code: 'breaker-open', retryable: true });
});

t.test('by its own clock it is as exact', async (t) => {
  const breaker = createBreaker({ failures: 1, windowMs: 1000, probeAfterMs: 0 });
  breaker.attempt()?.failed();
  t.equal(breaker.state, 'open');
  t.ok(breaker.attempt());
});

t.test(
  'whatever happens, it never lets two probes through, and opens more often than it closes',
  async () => {
    const step = fc.constantFrom('attempt', 'succeed', 'fail', 'wait', 'wait long');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { breaker, clock, counted } = breakerAt();
        const open: NonNullable<ReturnType<typeof breaker.attempt>>[] = [];
        let probedAt = Number.NEGATIVE_INFINITY;
        for (const word of steps) {
          if (word === 'attempt') {
            const before = breaker.state;
            const attempt = breaker.attempt();
            if (attempt) open.push(attempt);
            if (before !== 'closed' && attempt) {
              if (clock.now - probedAt < 5000) return false;
              probedAt = clock.now;
            }
          } else if (word === 'succeed') open.shift()?.succeeded();
          else if (word === 'fail') open.shift()?.failed();
          else clock.now += word === 'wait' ? 100 : 6000;
          const [opened, closed] = ['api.opened', 'api.closed'].map(
            (name) => counted.filter((one) => one === name).length,
          );
          if ((opened ?? 0) - (closed ?? 0) !== (breaker.state === 'closed' ? 0 : 1)) return false;
        }
        return true;
      }),
    );
  },
);

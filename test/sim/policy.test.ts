import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Config } from '../../agent/model/config/config.ts';
import { sampleConfig } from '../agent/model/config/sample-config.ts';
import { usualRecovery } from '../agent/model/config/sample-recovery.ts';
import { PolicyWorld } from './policy-world.ts';
import { recoveryIsBounded } from './recovery-law.ts';

/** `make soak` asks for more. */
const histories = Number(process.env['HOLDFAST_HISTORIES'] ?? 2000);

const hour = 3_600_000;
const names = ['api', 'bot', 'job'] as const;

const configOf = (maxRestarts: number, windowMs: number): Config => {
  const plain = { server: 'main', command: 'x', cwd: null, env: {} } as const;
  return sampleConfig({
    recovery: {
      ...{ ...usualRecovery, maxRestarts, windowMs, atOnce: 2 },
      // As a configuration is built: never sooner than the window.
      probeAfterMs: Math.max(2 * hour, windowMs),
    },
    sessions: {
      api: { ...plain, restart: 'on-failure' },
      bot: { ...plain, restart: 'on-failure', after: ['api'], resumeCommand: 'x --continue' },
      job: { ...plain, restart: 'never' },
    },
  });
};

/** So that the same history fares the same. */
const chanceFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

type Step = (world: PolicyWorld) => void;

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat(400_000).map(
      (ms): Step =>
        (world) =>
          world.pass(ms),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(3000).map(
      (ms): Step =>
        (world) =>
          world.pass(ms),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(name, fc.constantFrom('killed', 'failed', 'clean', 'intended')).map(
      ([session, how]): Step =>
        (world) =>
          world.end(session, how as 'killed'),
    ),
  },
  {
    weight: 1,
    arbitrary: name.map(
      (session): Step =>
        (world) =>
          world.operatorStarts(session),
    ),
  },
  {
    weight: 1,
    arbitrary: name.map(
      (session): Step =>
        (world) =>
          world.operatorStops(session),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 10 }).map(
      (failing): Step =>
        (world) => {
          world.weather = { failing };
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -2 * hour, max: 2 * hour }).map(
      (ms): Step =>
        (world) =>
          world.jump(ms),
    ),
  },
);

/** Sessions somebody wants: not stopped, not done, not declared to stay ended. */
const wanted = ({ state }: PolicyWorld): string[] =>
  names.filter((session) => {
    const end = state.ends[session];
    if (!end) return true;
    return session !== 'job' && end.reason === 'died' && end.exit?.status !== 0;
  });

t.test('whatever befalls sessions, they come back within their limits', async () => {
  const history = fc.record({
    steps: fc.array(step, { maxLength: 40 }),
    seed: fc.nat(),
    maxRestarts: fc.integer({ min: 0, max: 8 }),
    windowMs: fc.constantFrom(10_000, 60_000, 600_000, 24 * hour),
  });
  fc.assert(
    fc.property(history, ({ steps, seed, maxRestarts, windowMs }) => {
      const config = configOf(maxRestarts, windowMs);
      const world = new PolicyWorld(config, chanceFrom(seed));
      for (const take of steps) take(world);
      recoveryIsBounded(world.log, config.recovery);
      assert.deepEqual(world.state.counts.rejected, {});
      // The cause is gone: a probe, at the latest after a day, finds it well.
      world.weather = { failing: 0 };
      for (let i = 0; i < 60; i += 1) world.pass(hour);
      const up = new Set(world.up());
      const missing = wanted(world).filter((session) => !up.has(session));
      assert.deepEqual(missing, [], `not back: ${missing}`);
      recoveryIsBounded(world.log, config.recovery);
    }),
    { numRuns: histories, endOnFailure: true },
  );
});

t.test(
  'a command that always fails is tried as often as declared, then not for an hour',
  async (t) => {
    for (const maxRestarts of [1, 5, 10]) {
      const world = new PolicyWorld(configOf(maxRestarts, 600_000), () => 0.5);
      world.weather = { failing: 10 };
      const tries = () => world.state.attempts['api']?.length ?? 0;
      while (!Object.hasOwn(world.state.suspended, 'api')) world.pass(1000);
      t.equal(tries(), maxRestarts + 1, 'the first start and so many restarts');
      world.pass(hour);
      t.equal(tries(), maxRestarts + 1, 'and none within an hour');
    }
  },
);

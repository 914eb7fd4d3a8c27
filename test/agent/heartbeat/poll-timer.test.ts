import t, { type Test } from 'tap';
import {
  type PollTiming,
  type Round,
  startPollTimer,
} from '../../../agent/heartbeat/poll-timer.ts';

const timing = { stalledAfterMs: 5, everyMs: 5, giveUpAfterMs: 60_000 };

const start = (
  t: Test,
  look: (round: Round, n: number) => Promise<void>,
  more: Partial<PollTiming> = {},
) => {
  let rounds = 0;
  let givenUp = 0;
  const timer = startPollTimer(
    { ...timing, ...more },
    (round) => {
      rounds += 1;
      return look(round, rounds);
    },
    () => {
      givenUp += 1;
    },
  );
  // It holds no process itself.
  const held = setInterval(() => {}, 60_000);
  t.teardown(() => {
    clearInterval(held);
    timer.close();
  });
  return { timer, counts: () => ({ rounds, givenUp }) };
};

t.test('one at a time, and each of its own', async (t) => {
  const third = Promise.withResolvers<void>();
  const signals = new Set<AbortSignal>();
  let running = 0;
  let most = 0;
  start(t, async ({ signal }, n) => {
    signals.add(signal);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    if (n === 3) third.resolve();
  });
  await third.promise;
  t.equal(most, 1);
  t.equal(signals.size, 3);
  t.notOk([...signals].some(({ aborted }) => aborted));
});

t.test('one that never ends is given up, and the next begins', async (t) => {
  const third = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  const { counts } = start(
    t,
    ({ signal }, n) => {
      signals.push(signal);
      if (n === 3) third.resolve();
      return new Promise(() => {});
    },
    { giveUpAfterMs: 5 },
  );
  await third.promise;
  t.same(counts(), { rounds: 3, givenUp: 2 });
  t.same(
    signals.map(({ aborted }) => aborted),
    [true, true, false],
  );
});

t.test('it knows whether an event came, and the end gives up what runs', async (t) => {
  const began = Promise.withResolvers<Round>();
  const { timer, counts } = start(t, (round) => {
    began.resolve(round);
    return new Promise(() => {});
  });
  const { signal, isQuiet } = await began.promise;
  t.equal(isQuiet(), true);
  timer.heard();
  t.equal(isQuiet(), false);
  timer.close();
  t.equal(signal.aborted, true);
  t.same(counts(), { rounds: 1, givenUp: 0 });
});

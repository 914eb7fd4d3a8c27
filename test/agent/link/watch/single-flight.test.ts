import t from 'tap';
import { singleFlight } from '../../../../agent/link/watch/single-flight.ts';

/** Work that is under way until it is told to end. */
const heldWork = () => {
  const runs: { args: string[]; end: PromiseWithResolvers<void> }[] = [];
  const flight = singleFlight((...args: string[]) => {
    const end = Promise.withResolvers<void>();
    runs.push({ args, end });
    return end.promise;
  });
  return { flight, runs };
};

t.test('who asks while it is under way gets the run that is', async (t) => {
  const { flight, runs } = heldWork();
  const first = flight.run('a');
  t.equal(flight.run('b'), first);
  t.strictSame(
    runs.map(({ args }) => args),
    [['a']],
  );
  runs[0]?.end.resolve();
  await first;
  void flight.run('c');
  t.strictSame(
    runs.map(({ args }) => args),
    [['a'], ['c']],
  );
});

t.test('one that failed is over, and everybody who waited is told', async (t) => {
  const { flight, runs } = heldWork();
  const both = [flight.run(), flight.run()];
  const idle = flight.idle();
  runs[0]?.end.reject(new Error('no'));
  t.strictSame(
    (await Promise.allSettled(both)).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await idle;
  void flight.run();
  t.equal(runs.length, 2);
});

t.test('idle at once where nothing is under way', async (t) => {
  const { flight, runs } = heldWork();
  await flight.idle();
  t.equal(runs.length, 0);
});

import t from 'tap';
import { createClockWatch } from '../../../../agent/act/health/clock-watch.ts';

t.test('a clock that is set is noticed, one that drifts is not', async (t) => {
  const at = { now: 1_000_000, tick: 0 };
  const watch = createClockWatch(
    () => at.now,
    () => at.tick,
  );
  const pass = (now: number, tick: number): number => {
    at.now += now;
    at.tick += tick;
    watch.look();
    return watch.setAt();
  };
  t.equal(pass(1000, 1000), 0);
  t.equal(pass(60_000, 56_000), 0, 'a busy machine');
  t.equal(pass(3_600_000, 1000), at.now, 'set forward, or slept');
  const set = at.now;
  t.equal(pass(1000, 1000), set);
  t.equal(pass(-7_200_000, 1000), at.now, 'set back');
});

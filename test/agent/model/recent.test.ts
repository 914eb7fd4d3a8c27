import fc from 'fast-check';
import t from 'tap';
import { mostRecent, recentMs, withRecent } from '../../../agent/model/recent.ts';

const start = 1_000_000;

const times = (...seconds: number[]): number[] => {
  let kept: { at: number }[] = [];
  for (const second of seconds) kept = withRecent(kept, { at: start + second * 1000 });
  return kept.map(({ at }) => (at - start) / 1000);
};

t.test('a minute of measures is kept', async (t) => {
  const every = Array.from({ length: 40 }, (_, i) => 5 * i);
  t.strictSame(times(...every), [135, 140, 145, 150, 155, 160, 165, 170, 175, 180, 185, 190, 195]);
});

t.test('the newest is there, and closer ones took the place of each other', async (t) => {
  t.strictSame(times(0, 0.3), [0, 0.3]);
  t.strictSame(times(0, 0.3, 5), [0, 5]);
  t.strictSame(times(0, 5, 5.3, 5.6, 5.9), [0, 5, 5.9]);
  t.strictSame(times(0, 3, 6, 9.5), [0, 6, 9.5]);
});

t.test('a clock that was set back leaves none in the future', async (t) => {
  t.strictSame(times(100, 105, 110, 20), [20]);
});

t.test('whatever the clock does', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1 }),
      (steps) => {
        let at = start;
        let kept: { at: number }[] = [];
        for (const step of steps) {
          at += step;
          kept = withRecent(kept, { at });
          if (kept.at(-1)?.at !== at || kept.length > mostRecent) return false;
          if (kept.some((one, i) => one.at < (kept[i - 1]?.at ?? 0))) return false;
          if (kept.some((one) => one.at < at - recentMs)) return false;
        }
        return true;
      },
    ),
  );
  t.pass();
});

import t from 'tap';
import { createOffset, monotonicNow, monotonicOf, wallOf } from '../../../agent/witness/clock.ts';

/** Clocks that go on by `stepMs` with each look; the one on the wall shows whole milliseconds. */
const clocks = (ahead: number, stepMs = 0.03) => {
  const state = { now: 5000.4, ahead };
  const tick = (): number => {
    state.now += stepMs;
    return state.now;
  };
  return { state, monotonic: tick, wall: () => Math.floor(tick() + state.ahead) };
};

t.test('whole milliseconds do not change what two records are apart', async (t) => {
  const { wall, monotonic } = clocks(1_000_000.77);
  const offset = createOffset(wall, monotonic);
  const told = Array.from({ length: 2000 }, () => offset());
  t.equal(new Set(told).size, 1, 'the same for all of them');
  t.ok(Math.abs((told[0] ?? 0) - 1_000_000.77) < 0.2, 'and near to the truth');
});

t.test('a clock that somebody sets is followed, forth and back', async (t) => {
  const { state, wall, monotonic } = clocks(1_000_000.77);
  const offset = createOffset(wall, monotonic);
  for (const ahead of [1_000_000.77, 2_000_000.1, 1_999_990.3, 1_999_990.3 + 4]) {
    state.ahead = ahead;
    t.ok(Math.abs(offset() - ahead) < 0.2, `${ahead}`);
  }
});

t.test('who is kept from a processor between two looks looks again', async (t) => {
  const { state, wall, monotonic } = clocks(1_000_000.77);
  let looks = 0;
  const offset = createOffset(wall, () => {
    looks += 1;
    if (looks % 50 === 0) state.now += 40;
    return monotonic();
  });
  const told = Array.from({ length: 2000 }, () => offset());
  t.ok(told.every((one) => Math.abs(one - 1_000_000.77) < 0.2));
});

t.test('there and back again', async (t) => {
  const at = monotonicNow();
  t.ok(Math.abs(monotonicOf(wallOf(at)) - at) < 0.5);
  t.ok(Math.abs(wallOf(at) - Date.now()) < 1000);
});

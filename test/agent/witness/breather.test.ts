import t from 'tap';
import { createBreather } from '../../../agent/witness/breather.ts';

t.test('it stops for as long as it worked', async (t) => {
  let now = 0;
  const pauses: number[] = [];
  const breathe = createBreather(
    async (ms) => {
      pauses.push(ms);
      now += ms;
    },
    () => now,
  );
  for (let step = 0; step < 10; step += 1) {
    now += 9;
    await breathe();
  }
  t.same(pauses, [27, 27, 27]);
});

t.test('a pause is a real one', async (t) => {
  let [now, begun] = [0, performance.now()];
  const breathe = createBreather(undefined, () => now);
  now = 30;
  begun = performance.now();
  await breathe();
  t.ok(performance.now() - begun >= 29);
});

import t from 'tap';
import { createJumps } from '../../../../exporters/notifier/deliver/jumps.ts';

const day = 86_400_000;

t.test('what waits does not grow old by a clock that is set forward', async (t) => {
  let steady = 0;
  const jumps = createJumps(() => steady);
  jumps.look(1000);
  steady += 500;
  jumps.look(1500);
  t.equal(jumps.age(1000, 1500), 500);
  steady += 100;
  jumps.look(1600 + 2 * day);
  t.equal(jumps.age(1000, 1600 + 2 * day), 600, 'from before the jump');
  t.equal(jumps.age(1600 + 2 * day, 1700 + 2 * day), 100, 'and from after it');
  steady += day;
  jumps.look(1600 + 3 * day);
  t.equal(jumps.age(1000, 1600 + 3 * day), 600 + day, 'time that passes does count');
});

t.test('small corrections, and a clock set back, are no jumps forward', async (t) => {
  let steady = 0;
  const jumps = createJumps(() => steady);
  jumps.look(100_000);
  steady += 1000;
  jumps.look(102_000);
  steady += 1000;
  jumps.look(50_000);
  t.equal(jumps.age(49_000, 50_000), 1000);
});

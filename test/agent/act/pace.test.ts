import t from 'tap';
import { createPace } from '../../../agent/act/pace.ts';

t.test('so often, and no more often', async (t) => {
  let now = 0;
  const isDue = createPace(60_000, () => now);
  const at = (time: number): boolean => {
    now = time;
    return isDue();
  };
  t.ok(at(5));
  t.notOk(at(60_004));
  t.ok(at(60_005));
  t.notOk(at(60_006));
  t.ok(at(-60_000), 'a clock that was set back does not stop it');
});

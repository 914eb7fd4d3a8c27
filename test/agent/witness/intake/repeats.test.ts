import t from 'tap';
import { createRepeats } from '../../../../agent/witness/intake/repeats.ts';

t.test('a flood is told a few times, and again a little later', async (t) => {
  const repeats = createRepeats();
  const told = Array.from({ length: 1000 }, (_, i) => !repeats.isOneTooMany('x', i)).filter(
    Boolean,
  );
  t.equal(told.length, 50);
  t.equal(repeats.isOneTooMany('y', 999), false, 'another one is told');
});

t.test('many different ones do not fill it', async (t) => {
  const repeats = createRepeats();
  const refused = Array.from({ length: 10_000 }, (_, i) => repeats.isOneTooMany(String(i), 1));
  t.notOk(refused.includes(true));
});

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

t.test('what is new puts out what is oldest, and nothing else', async (t) => {
  const repeats = createRepeats();
  const isTold = (key: string) => !repeats.isOneTooMany(key, 1);
  for (let i = 0; i < 512; i += 1) repeats.isOneTooMany(`other ${i}`, 1);
  for (let i = 0; i < 5; i += 1) t.ok(isTold('flood'));
  for (let i = 0; i < 500; i += 1) repeats.isOneTooMany(`another ${i}`, 1);
  t.notOk(isTold('flood'));
});

t.test('who comes again counts as new', async (t) => {
  const repeats = createRepeats();
  repeats.isOneTooMany('flood', 1);
  for (let i = 0; i < 300; i += 1) repeats.isOneTooMany(`other ${i}`, 1);
  for (let i = 0; i < 5; i += 1) repeats.isOneTooMany('flood', 200);
  for (let i = 0; i < 300; i += 1) repeats.isOneTooMany(`another ${i}`, 200);
  t.ok(repeats.isOneTooMany('flood', 200));
});

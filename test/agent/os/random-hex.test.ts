import t from 'tap';
import { randomHex } from '../../../agent/os/random-hex.ts';

t.test('so many bytes in digits, never the same', async (t) => {
  const seen = new Set(Array.from({ length: 1000 }, () => randomHex(8)));
  t.equal(seen.size, 1000);
  for (const digits of seen) t.match(digits, /^[0-9a-f]{16}$/);
  t.match(randomHex(6), /^[0-9a-f]{12}$/);
});

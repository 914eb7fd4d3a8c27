import fc from 'fast-check';
import t from 'tap';
import { nearest } from '../../../../agent/model/config/nearest.ts';
import { formatSize, parseDuration, parseSize } from '../../../../agent/model/config/units.ts';

t.test('durations', async (t) => {
  const known = { '90s': 90_000, '5m': 300_000, '24h': 86_400_000, '30d': 2_592_000_000 };
  for (const [text, value] of Object.entries({ ...known, '250ms': 250, '0s': 0 })) {
    t.equal(parseDuration(text), value, text);
  }
  const wrong = ['', '5', 's', '5 s', '-5s', '1.5h', '5S', '1h30m', '5w', '1e3s', '٣s', '5s\n'];
  for (const text of wrong) t.equal(parseDuration(text), null, JSON.stringify(text));
});

t.test('sizes', async (t) => {
  const known = { '256MiB': 268_435_456, '1GB': 1e9, '512B': 512, '1kB': 1000, '1KB': 1000 };
  for (const [text, value] of Object.entries({ ...known, '2TiB': 2 * 2 ** 40, '1KiB': 1024 })) {
    t.equal(parseSize(text), value, text);
  }
  for (const text of ['', '5', '5M', '5 MB', '5mb', '5Mb', '1.5GB', '-1B', '5kiB', 'constructor']) {
    t.equal(parseSize(text), null, JSON.stringify(text));
  }
});

t.test('nine digits stay exact, ten are too many', async (t) => {
  t.ok(Number.isSafeInteger(parseDuration('999999999h')));
  t.equal(parseDuration('1000000000s'), null);
  t.equal(parseSize('1000000000B'), null);
  fc.assert(fc.property(fc.string(), (text) => parseDuration(text) === null || /\d/.test(text)));
});

t.test('the nearest word', async (t) => {
  const keys = ['command', 'cwd', 'env', 'server', 'restart'];
  const meant = { comand: 'command', cdw: 'cwd', environment: 'env', Server: 'server' };
  for (const [word, key] of Object.entries({ ...meant, retsart: 'restart', evn: 'env' })) {
    t.equal(nearest(word, keys), key, word);
  }
  for (const word of ['surplus', 'x', '', 'autostart', 'c'.repeat(100)]) {
    t.equal(nearest(word, keys), null, word);
  }
  t.equal(nearest('abc', ['x'.repeat(65), 'abd']), 'abd');
});

t.test('a word is nearest to itself, and to itself with two letters swapped', async (t) => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/);
  fc.assert(
    fc.property(word, fc.nat(10), (text, at) => {
      const [a = '', b = ''] = [text[at], text[at + 1]];
      const swapped = text.slice(0, at) + b + a + text.slice(at + 2);
      return nearest(text, ['zzzzzzzz', text]) === text && nearest(swapped, [text]) === text;
    }),
  );
  t.pass();
});

t.test('sizes as a configuration would have them', async (t) => {
  const sizes: [number, string][] = [
    [0, '0B'],
    [1, '1B'],
    [1023, '1023B'],
    [1024, '1KiB'],
    [1_000_000, '1000000B'],
    [512 * 2 ** 20, '512MiB'],
    [1536 * 2 ** 20, '1536MiB'],
    [2 ** 30, '1GiB'],
    [3 * 2 ** 40, '3TiB'],
  ];
  for (const [bytes, text] of sizes) t.equal(formatSize(bytes), text);
  fc.assert(
    fc.property(fc.nat(), (bytes) => parseSize(formatSize(bytes)) === bytes || bytes > 1e9),
  );
});

import t from 'tap';
import {
  formatDuration,
  formatSize,
  parseDuration,
  parseSize,
} from '../../../../agent/model/config/quantities.ts';

t.test('durations are written as they are read', async (t) => {
  for (const text of ['0ms', '850ms', '90s', '2m', '24h', '30d']) {
    const ms = parseDuration(text) ?? Number.NaN;
    t.equal(parseDuration(formatDuration(ms)), ms, text);
  }
  t.strictSame([0, 90_000, 86_400_000].map(formatDuration), ['0ms', '90s', '1d']);
});

t.test('sizes are written as they are read', async (t) => {
  for (const text of ['0B', '512B', '1kB', '3MB', '256MiB', '2TiB']) {
    const bytes = parseSize(text) ?? Number.NaN;
    t.equal(parseSize(formatSize(bytes)), bytes, text);
  }
  t.strictSame([0, 1000, 512 * 2 ** 20].map(formatSize), ['0B', '1000B', '512MiB']);
});

t.test('what is no quantity is null', async (t) => {
  for (const text of ['', '5', 'm', '1.5h', '-1s', '1234567890s', '5M', '5 m']) {
    t.equal(parseDuration(text), null, text);
    t.equal(parseSize(text), null, text);
  }
});

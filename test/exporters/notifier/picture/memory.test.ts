import { join } from 'node:path';
import t from 'tap';
import { renderPicture } from '../../../../exporters/notifier/picture/process.ts';

const main = join(import.meta.dirname, '../../../../exporters/notifier/picture/main.ts');

/**
 * The unit may have 256 MB for both, and the notifier takes 50 at most. On a busy machine the collector of garbage comes
 * later, and the peak is some 20 MB higher than on a quiet one.
 */
const budgetMb = 200;

/**
 * Says on the standard output, in place of the picture, what the process had at most. Its clock goes slow: what is measured is
 * memory, and a loaded machine takes longer than a picture may.
 */
const measuring = (): string => `
  const now = performance.now.bind(performance);
  performance.now = () => now() / 10;
  const write = process.stdout.write;
  process.stdout.write = (_, done) =>
    write.call(process.stdout, String(process.resourceUsage().maxRSS / 1024), done);
  await import(${JSON.stringify(main)});`;

let seed = 1;
const random = (below: number): number => {
  seed = (seed * 48271) % 0x7fffffff;
  return seed % below;
};

const fill = (columns: number, cell: () => string): string =>
  Array.from({ length: columns }, cell).join('');

const contents: Record<string, (columns: number) => string> = {
  log: (columns) => 'The quick brown fox 0123456789 '.repeat(20).slice(0, columns),
  colours: (columns) =>
    fill(
      columns,
      () => `\x1b[38;5;${random(256)};48;5;${random(256)}m${String.fromCharCode(33 + random(90))}`,
    ),
  boxes: (columns) =>
    fill(columns, () => `\x1b[3${random(8)}m${String.fromCharCode(0x2500 + random(128))}`),
  emoji: (columns) => fill(columns / 2, () => String.fromCodePoint(0x1f300 + random(0x2ff))),
  /** Drawings of 50 kB each. */
  flags: (columns) => '🇪🇨🇲🇽🇧🇴🇸🇻🇦🇫'.repeat(columns / 10),
  anything: (columns) => fill(columns, () => String.fromCodePoint(0xa0 + random(0x1ffff))),
};

// Drawing the largest screens takes seconds, on a loaded machine many.
t.setTimeout(0);

t.test('a picture takes no more memory than there is for it', async (t) => {
  const file = join(t.testdir({ 'picture.mjs': measuring() }), 'picture.mjs');
  for (const [columns, rows, names] of [
    [200, 50, Object.keys(contents)],
    [500, 200, ['log', 'colours', 'flags']],
  ] as const) {
    for (const name of names) {
      const line = contents[name] ?? (() => '');
      const text = Array.from({ length: rows }, () => line(columns)).join('\x1b[m\n');
      const request = { text, columns, rows, title: name };
      const peak = Number(Buffer.from(await renderPicture(request, { file, timeoutMs: 300_000 })));
      t.comment(`${columns} x ${rows} ${name}: ${Math.round(peak)} MB`);
      t.ok(peak < budgetMb, `${columns} x ${rows} ${name}: ${peak} MB`);
    }
  }
});

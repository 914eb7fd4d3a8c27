import assert from 'node:assert/strict';
import { once } from 'node:events';
import fc from 'fast-check';
import t from 'tap';
import { readLines } from '../../../agent/wire/lines.ts';
import { connected, ended } from './connected.ts';

const limits = { maxLine: 100, unfinishedMs: 60_000 };
const line = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replaceAll('\n', ' '))
  .filter((text) => text.trim() !== '');

/** Bytes in pieces: a character may be torn apart. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [
    0,
    ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
};

t.test('lines come whole and in order, however they are cut', async (t) => {
  const { near, far } = await connected(t);
  const heard: string[] = [];
  readLines(near, limits, (text) => heard.push(text));
  const last = 'the last one';
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.array(fc.nat(5000), { maxLength: 8 }),
      async (lines, cuts) => {
        heard.length = 0;
        const all = Buffer.from([...lines, '', '  ', last].map((text) => `${text}\n`).join(''));
        for (const piece of pieces(all, cuts)) {
          if (piece.length > 0) await new Promise((resolve) => far.write(piece, resolve));
        }
        while (heard.at(-1) !== last) await once(near, 'data');
        assert.deepEqual(heard, [...lines, last]);
      },
    ),
    { numRuns: 50 },
  );
});

t.test('a line that is too long ends the connection, finished or not', async (t) => {
  for (const text of [`${'x'.repeat(101)}\n`, 'x'.repeat(101), `ok\n${'é'.repeat(101)}\nnever\n`]) {
    const { near, far } = await connected(t);
    const heard: string[] = [];
    readLines(near, limits, (one) => heard.push(one));
    far.write(text);
    t.match(await ended(near), { code: 'line-too-long' });
    t.strictSame(heard, text.startsWith('ok') ? ['ok'] : []);
  }
  const { near, far } = await connected(t);
  readLines(near, limits, (one) => far.destroy(new Error(one)));
  far.write(`${'x'.repeat(100)}\n`);
  t.equal((await ended(far))?.message.length, 100, 'the longest that is allowed');
});

t.test('a line begun and not finished in time ends the connection', async (t) => {
  const { near, far } = await connected(t);
  readLines(near, { ...limits, unfinishedMs: 20 }, () => t.fail('no line'));
  far.write('half');
  t.match(await ended(near), { code: 'line-unfinished' });
});

t.test('between lines there is time', async (t) => {
  const { near, far } = await connected(t);
  const heard: string[] = [];
  readLines(near, { ...limits, unfinishedMs: 60_000 }, (text) => heard.push(text));
  far.end('one\nhalf of two');
  t.equal(await ended(near), null);
  t.strictSame(heard, ['one'], 'half a line is none');
});

t.test('a listener that ends the connection hears no more', async (t) => {
  const { near, far } = await connected(t);
  const heard: string[] = [];
  readLines(near, limits, (text) => {
    heard.push(text);
    near.destroy();
  });
  far.write('one\ntwo\nthree\n');
  await ended(near);
  t.strictSame(heard, ['one']);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { entryOffset } from '../../../../../agent/witness/trace/probe/elf-entry.ts';
import { findLikelyKillers } from '../../../../../agent/witness/trace/probe/likely-killers.ts';

const node = readFileSync(process.execPath);
const head = node.subarray(0, 4096);

t.test('the first instruction of a real program lies within its code', async (t) => {
  const offset = entryOffset(head);
  t.ok(offset !== null && offset > 0 && offset < node.length);
  t.equal(entryOffset(head.subarray(0, 64)), null, 'its program headers are missing');
});

t.test('what is no program', async (t) => {
  t.equal(entryOffset(Buffer.from('#!/bin/sh\nkill -9 1\n'.repeat(10))), null);
  t.equal(entryOffset(Buffer.alloc(0)), null);
  const other = Buffer.from(head);
  other[4] = 1;
  t.equal(entryOffset(other), null, 'of 32 bits');
});

t.test('no bytes make it throw, nor a place that is none', async () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(4000), (bytes, at) => {
      const torn = Buffer.from(head);
      torn.set(bytes.subarray(0, torn.length - at), at);
      for (const one of [Buffer.from(bytes), torn, Buffer.concat([head.subarray(0, 6), bytes])]) {
        const offset = entryOffset(one);
        if (offset !== null && !(offset >= 0 && Number.isFinite(offset))) return false;
      }
      return true;
    }),
  );
});

t.test('programs that are known for killing are real files', async (t) => {
  const found = findLikelyKillers();
  t.equal(new Set(found.map(({ file }) => file)).size, found.length, 'each once');
  for (const { file, entry } of found) {
    t.equal(entryOffset(readFileSync(file).subarray(0, 4096)), entry, file);
  }
});

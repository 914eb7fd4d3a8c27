import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { collectors } from '../../../exporters/prometheus/collectors.ts';
import { Exposition } from '../../../exporters/prometheus/exposition.ts';
import { readBootId } from '../../../exporters/prometheus/state/boot.ts';
import { maxStateBytes, StateFile } from '../../../exporters/prometheus/state/file.ts';
import { parseStatus } from '../../../exporters/prometheus/state/parse.ts';
import { aDocument, fixedNow } from './document.ts';
import { readExposition } from './read-exposition.ts';
import { readingOf, viewOf } from './view.ts';

const staleAfterMs = 60_000;

/** A state file in a directory of its own, and two clocks to set. */
const setUp = (t: Test, bootId: string | null = null) => {
  const path = join(t.testdir(), 'state.json');
  const clock = { now: fixedNow, monotonic: 0 };
  const file = new StateFile({
    path,
    staleAfterMs,
    bootId,
    now: () => clock.now,
    monotonic: () => clock.monotonic,
  });
  const write = (content: string | Partial<StatusDocument>): void => {
    const text = typeof content === 'string' ? content : JSON.stringify(aDocument(content));
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  };
  return { path, clock, file, write, reason: () => file.read().error?.reason ?? null };
};

t.test('a fresh document is read', async (t) => {
  const { file, write } = setUp(t);
  write({});
  const reading = file.read();
  t.equal(reading.error, null);
  t.equal(reading.document?.sessions.length, 5);
  t.equal(reading.schema, 1);
  t.strictSame(reading.heartbeat, { at: fixedNow - 2000, ageMs: 2000 });
  t.equal(reading.file?.bytes, Buffer.byteLength(JSON.stringify(aDocument())));
});

t.test('each way to be unusable has its reason', async (t) => {
  const { path, write, reason } = setUp(t);
  t.equal(reason(), 'missing');
  write('');
  t.equal(reason(), 'malformed', 'empty');
  write(JSON.stringify(aDocument()).slice(0, -1));
  t.equal(reason(), 'malformed', 'cut short');
  write(JSON.stringify({ ...aDocument(), schema: 2 }));
  t.equal(reason(), 'schema', 'of the future');
  write('{"schema": 2, "all": "different"}');
  t.equal(reason(), 'schema');
  write('[]');
  t.equal(reason(), 'invalid');
  write(JSON.stringify({ ...aDocument(), totals: undefined }));
  t.equal(reason(), 'invalid');
  write({ writtenAt: fixedNow - staleAfterMs - 1 });
  t.equal(reason(), 'stale');
  writeFileSync(path, '{');
  truncateSync(path, maxStateBytes + 1);
  t.equal(reason(), 'too-large');
  rmSync(path);
  t.equal(reason(), 'missing');
  write({});
  t.equal(reason(), null, 'and it recovers');
});

t.test('what is no regular file is refused at once', async (t) => {
  const { path, reason } = setUp(t);
  t.equal(spawnSync('mkfifo', [path]).status, 0);
  t.equal(reason(), 'unreadable', 'a pipe nobody writes to');
  rmSync(path);
  const directory = new StateFile({
    path: t.testdirName,
    staleAfterMs,
    bootId: null,
    now: Date.now,
    monotonic: () => 0,
  });
  t.equal(directory.read().error?.reason, 'unreadable');
});

t.test('complaints say where, and quote nothing', async (t) => {
  const secret = 'sk-topsecret';
  const detail = (text: string): string => parseStatus(text).error?.detail ?? '';
  t.match(
    detail(JSON.stringify(aDocument({ seq: 1 })).replace('"panes":1', '"panes":null')),
    /sessions\.0\.panes/,
  );
  const { lifetime } = aDocument().totals;
  const totals = { ...aDocument().totals, lifetime: { ...lifetime, bounds: [2, 1] } };
  t.match(detail(JSON.stringify(aDocument({ totals }))), /totals\.lifetime.*do not ascend/);
  t.notMatch(detail(`{"schema":1,"links":"${secret}"}`), secret);
  t.notMatch(detail(`{"schema":1 ${secret}`), secret);
});

t.test('numbers that JSON reads as infinite are refused', async (t) => {
  const text = JSON.stringify(aDocument()).replace('"events":1234', '"events":1e999');
  t.equal(parseStatus(text).error?.reason, 'invalid');
});

t.test('a document of a later version with more fields is read', async (t) => {
  const later = { ...aDocument(), invented: { later: true } };
  t.equal(parseStatus(JSON.stringify(later)).error, null);
});

t.test('a document ages by the wall clock, and by our own when that jumps back', async (t) => {
  const { clock, file, write, reason } = setUp(t);
  write({ writtenAt: fixedNow + 3_600_000 });
  t.equal(reason(), null, 'from the future: we have only just seen it');
  clock.monotonic += staleAfterMs + 1;
  t.equal(reason(), 'stale', 'nothing new for a minute');
  t.equal(file.read().heartbeat?.ageMs, staleAfterMs + 1);
  write({ writtenAt: fixedNow + 3_600_001 });
  t.equal(reason(), null, 'it moves again');
  write({ writtenAt: fixedNow });
  clock.now = fixedNow + staleAfterMs;
  t.equal(reason(), null);
  clock.now += 1;
  t.equal(reason(), 'stale');
});

t.test('a document of the boot before is not of now', async (t) => {
  const bootId = '0b1e55ed-0000-4000-8000-00000000abcd';
  const { write, reason } = setUp(t, bootId);
  write({ bootId: '11111111-0000-4000-8000-00000000abcd' });
  t.equal(reason(), 'previous-boot');
  write({ bootId: bootId.replaceAll('-', '').toUpperCase() });
  t.equal(reason(), null, 'however it is spelt');
  write({ bootId: 'unknown-boot' });
  t.equal(reason(), null, 'not known');
  t.match(readBootId() ?? '', /^[0-9a-f-]{36}$/);
});

t.test('the file is parsed again when, and only when, it changed', async (t) => {
  const { file, write } = setUp(t);
  write({});
  const first = file.read().document;
  t.equal(file.read().document, first, 'the same object');
  write({});
  t.not(file.read().document, first, 'another inode, the same size');
});

t.test('a document cut anywhere is refused', async (t) => {
  const text = JSON.stringify(aDocument());
  for (let length = 0; length < text.length; length += 1) {
    assert.equal(parseStatus(text.slice(0, length)).error?.reason, 'malformed');
  }
  t.pass(`${text.length} lengths`);
});

/** Every path into a value of JSON. */
const pathsOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, below]) => pathsOf(below, [...path, key]))]
    : [path];

const replaced = (value: unknown, [key, ...rest]: string[], by: unknown): unknown => {
  if (key === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, unknown>) };
  Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, by) });
  return copy;
};

t.test('a damaged document is refused, or makes well-formed metrics', async (t) => {
  const exposition = new Exposition(collectors);
  const paths = pathsOf(aDocument());
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, by) => {
      const document = replaced(aDocument(), path, by);
      if (parseStatus(JSON.stringify(document) ?? '').error) return;
      accepted += 1;
      const view = viewOf(readingOf(document as StatusDocument));
      const { text, runs } = await exposition.render(view);
      assert.deepEqual(
        runs.filter(({ error }) => error !== undefined),
        [],
      );
      const series = readExposition(text).map(({ name, labels }) => JSON.stringify([name, labels]));
      assert.equal(new Set(series).size, series.length);
    }),
    { numRuns: 2000 },
  );
  t.ok(accepted > 100, `${accepted} of 2000 were accepted`);
});

t.test('any JSON and any text is taken without a throw', async (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      assert.notEqual(parseStatus(text).error, null);
    }),
  );
  t.equal(parseStatus('['.repeat(1_000_000)).error?.reason, 'malformed');
  t.equal(parseStatus('{"__proto__":{"schema":1}}').error?.reason, 'invalid');
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createRecentFile } from '../../../../agent/witness/memory/recent-file.ts';
import type { Recalled } from '../../../../agent/witness/memory/recollection.ts';
import { mountSmallDisk, onSmallDisk } from '../../tell/small-disk.ts';
import { seen, sent } from '../samples.ts';

const now = 1_800_000_000_000;

const entry = (at: number): Recalled => ({ kind: 'signal', fact: sent(now + at, 7) });

const timesOf = (entries: Recalled[]): number[] => entries.map(({ fact }) => fact.at - now);

const directory = (t: Test): string => {
  const path = mkdtempSync(join(tmpdir(), 'hfw-recent-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const openIn = (path: string, troubles: unknown[] = []) =>
  createRecentFile(path, (cause) => troubles.push(cause));

/** What the next one finds there. */
const readBack = async (path: string, at = now) => (await openIn(path).read(at)).entries;

const sinceIn = async (path: string) => (await openIn(path).read(now)).since - now;

/** As long as what is kept counts, ms. */
const keptMs = 2 * 3_600_000;

t.test('what is kept is read back by the next one', async (t) => {
  const path = join(directory(t), 'state');
  const file = openIn(path);
  t.same((await file.read(now)).entries, [], 'nothing yet');
  const kept: Recalled[] = [
    entry(1),
    { kind: 'oom', fact: { at: now + 2, victim: seen(8), anonBytes: 5 } },
    { kind: 'lost', fact: { at: now + 3, count: 4 } },
  ];
  for (const one of kept) file.keep(one);
  await file.close();
  t.same(await readBack(path), kept);
  t.equal(await sinceIn(path), -keptMs, 'older ones would not be read');
  t.ok(file.isWhole());
  t.equal(statSync(join(path, 'recent.jsonl')).mode & 0o777, 0o600);
  t.same(await readBack(path, now + 24 * 3_600_000), [], 'but not a day later');
});

t.test('lines that are torn, and lines of others', async (t) => {
  const path = directory(t);
  const file = openIn(path);
  file.keep(entry(1));
  file.keep(entry(2));
  await file.close();
  const name = join(path, 'recent.jsonl');
  truncateSync(name, statSync(name).size - 20);
  const next = openIn(path);
  next.keep(entry(3));
  await next.close();
  const garbage = ['{}', 'null', '7', '{"kind":"signal"}', '\0\xff', '[[[[', '"x"'];
  const lacking = [
    { kind: 'signal', fact: { at: now } },
    { kind: 'signal', fact: { ...sent(now, 7), victim: { pid: 7 } } },
    { kind: 'oom', fact: { at: now, victim: null } },
    { kind: 'other', fact: { at: now } },
    { kind: 'lost', fact: { at: 'x' } },
  ];
  appendFileSync(name, [...garbage, ...lacking.map((one) => JSON.stringify(one)), ''].join('\n'));
  t.same(timesOf(await readBack(path)), [1, 3]);
});

/** As long as an object has a part of that name, it is taken out: what an older release may have written. */
const without = (value: object, key: string): object =>
  JSON.parse(JSON.stringify(value), (name, part) => (name === key ? undefined : part));

t.test('what a witness of another release wrote is left where it is', async (t) => {
  const path = directory(t);
  const ancestry = [{ pid: 3, startTime: null, comm: 'sh', cmdline: null, seenBy: null }];
  const whole = { kind: 'signal', fact: sent(now, 7, { sender: seen(1, { ancestry }) }) };
  const oom = { kind: 'oom', fact: { at: now, victim: seen(8), anonBytes: 5 } };
  const keys = [
    ...[
      'pid',
      'startTime',
      'comm',
      'cmdline',
      'seenBy',
      'uid',
      'loginUid',
      'auditSession',
      'cgroup',
    ],
    ...['ancestry', 'at', 'signal', 'code', 'toGroup', 'result', 'sender', 'victim', 'caught'],
  ];
  const older = [...keys.map((key) => without(whole, key)), without(oom, 'anonBytes')];
  const other = ['sender', 'victim', 'at', 'result', 'caught', 'toGroup'].map((key) => ({
    ...whole,
    fact: { ...whole.fact, [key]: ['of another shape'] },
  }));
  const lines = [...older, ...other].map((one) => JSON.stringify(one));
  const name = join(path, 'recent.jsonl');
  appendFileSync(name, `${lines.join('\n')}\n`);
  const file = openIn(path);
  t.same(await file.read(now), { entries: [], since: now }, 'nor is it claimed');
  file.keep(entry(1));
  await file.close();
  t.same(timesOf(await readBack(path)), [1]);
  t.equal(await sinceIn(path), 1, 'from the first that can be read it is all');
  t.ok(readFileSync(name, 'utf8').startsWith(lines.join('\n')), 'a person can still read it');
});

t.test('a file that has grown makes room for the next, and one is kept', async (t) => {
  const path = directory(t);
  const big = 'x'.repeat(1024 * 1024);
  for (let round = 0; round < 8; round += 1) {
    const file = openIn(path);
    file.keep({
      kind: 'signal',
      fact: sent(now + round, 7, { sender: seen(1, { cmdline: big }) }),
    });
    await file.close();
  }
  const bytes = ['recent.jsonl', 'recent.1.jsonl'].map((name) => statSync(join(path, name)).size);
  for (const size of bytes) t.ok(size < 4 * 1024 * 1024);
  const times = timesOf(await readBack(path));
  t.ok(times.length < 8 && times.length >= 3);
  t.equal(times.at(-1), 7);
  t.equal(await sinceIn(path), times[0], 'what had to go is not claimed');
  t.same(times, [...times].sort(), 'oldest first');
});

t.test('a full disk costs what was not written, and nothing else', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '1m');
  const troubles: unknown[] = [];
  const file = openIn(disk.path, troubles);
  file.keep(entry(1));
  await file.close();
  disk.fill();
  for (let i = 0; i < 5; i += 1) {
    for (let at = 0; at < 100; at += 1) file.keep(entry(2));
    await file.close();
  }
  t.equal(troubles.length, 1, 'it says so once');
  t.match(troubles[0], { code: 'ENOSPC' });
  t.notOk(file.isWhole());
  disk.free();
  file.keep(entry(3));
  await file.close();
  const times = timesOf(await readBack(disk.path));
  t.equal(times[0], 1);
  t.equal(times.at(-1), 3, 'the line after one that was cut off');
});

t.test('the first is written at once', async (t) => {
  const path = directory(t);
  const file = openIn(path);
  file.keep(entry(1));
  await new Promise((resolve) => setTimeout(resolve, 0));
  t.teardown(() => file.close());
  for (let i = 0; i < 500; i += 1) {
    if ((await readBack(path)).length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  t.same(timesOf(await readBack(path)), [1]);
  t.match(readFileSync(join(path, 'recent.jsonl'), 'utf8'), /^\n\{/);
});

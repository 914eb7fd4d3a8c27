import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Event } from '../../../agent/model/event.ts';
import { createEventLines } from '../../../agent/tell/event-line.ts';
import { createLifecycleLog, type LifecycleLogOptions } from '../../../agent/tell/lifecycle-log.ts';
import { watchHealth } from './health-watch.ts';
import { readLog, renamed, sequence } from './sample-events.ts';
import { mountSmallDisk, onSmallDisk } from './small-disk.ts';

const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]');

const numbered = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => /^lifecycle\.\d+\.log$/.test(name))
    .sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]))
    .map((name) => join(directory, name));

const sequences = (directory: string): unknown[] =>
  readLog(...numbered(directory)).map((line) => line['seq']);

const openLog = (directory: string, options: Partial<LifecycleLogOptions> = {}) => {
  const watch = watchHealth();
  const path = join(directory, 'lifecycle.log');
  const log = createLifecycleLog(path, {
    lineOf: createEventLines(redact),
    retryMs: 20,
    onHealth: watch.onHealth,
    ...options,
  });
  return { log, watch, path };
};

t.test('one redacted line per lifecycle event, under the plain name', async (t) => {
  const { log, path } = openLog(t.testdir());
  log.write(renamed(1, 'bot', 'password hunter2'));
  const other: Event = {
    ...renamed(2, 'bot'),
    type: 'link.lost',
    data: { owner: 'deploy', pid: 7, reason: 'gone' },
  };
  log.write(other);
  log.write({ ...renamed(3, 'bot'), at: Number.NaN });
  await log.flushed();
  const lines = readLog(path);
  t.strictSame(lines, [
    { time: '2026-01-02T03:04:05.000Z', ...renamed(1, 'bot', 'password [redacted]') },
    { ...lines[1], time: null, seq: 3 },
  ]);
  t.equal(statSync(path).mode & 0o007, 0, 'not for everybody');
  await log.close();
  log.write(renamed(4, 'bot'));
  t.equal(log.health().dropped, 1, 'after the end a line is counted, not an error');
  await log.close();
});

t.test('goes on where the last run ended, and cuts a torn line', async (t) => {
  const directory = t.testdir();
  const first = openLog(directory);
  first.log.write(renamed(1, 'bot'));
  await first.log.close();
  appendFileSync(first.path, '{"time":"2026-');
  const second = openLog(directory);
  second.log.write(renamed(2, 'bot'));
  await second.log.close();
  t.strictSame(sequences(directory), [1, 2]);
});

t.test('rotates by size and keeps the newest files', async (t) => {
  const directory = t.testdir();
  const { log, watch, path } = openLog(directory, { limits: { maxBytes: 10_000, files: 3 } });
  for (const seq of sequence(1, 400)) {
    log.write(renamed(seq, 'bot', 'y'.repeat(500)));
    if (seq % 10 === 0) await log.flushed();
  }
  await log.close();
  const files = numbered(directory);
  t.ok(files.length >= 2 && files.length <= 3, `${files.length} files are left`);
  t.ok(Number(files.at(-1)?.split('.').at(-2)) > 5, 'it has rotated several times');
  for (const file of files) t.ok(statSync(file).size < 20_000, 'a batch at most beyond the limit');
  const left = sequences(directory);
  t.strictSame(left, sequence(Number(left[0]), 400), 'nothing is lost between files');
  t.equal(readFileSync(path, 'utf8'), readFileSync(files.at(-1) ?? '', 'utf8'));
  t.strictSame(watch.seen, [], 'without any trouble');
});

t.test('leaves a file of its plain name alone', async (t) => {
  const directory = t.testdir({ 'lifecycle.log': 'something of the user\n' });
  const { log, path } = openLog(directory);
  log.write(renamed(1, 'bot'));
  await log.close();
  t.equal(readFileSync(path, 'utf8'), 'something of the user\n');
  t.strictSame(sequences(directory), [1]);
});

t.test('a removed file or directory comes back with the next line', async (t) => {
  const directory = join(t.testdir(), 'log');
  const { log, watch } = openLog(directory);
  log.write(renamed(1, 'bot'));
  await log.flushed();
  rmSync(directory, { recursive: true });
  log.write(renamed(2, 'bot'));
  await log.flushed();
  t.strictSame(sequences(directory), [2]);
  t.strictSame(watch.seen, []);
  await log.close();
});

t.test('waits for a directory that cannot be made', async (t) => {
  const directory = join(t.testdir({ log: 'a file in the way' }), 'log');
  const { log, watch } = openLog(directory);
  log.write(renamed(1, 'bot'));
  t.equal((await watch.until('degraded')).status, 'degraded');
  log.write(renamed(2, 'bot'));
  rmSync(directory);
  await watch.until('ok');
  await log.close();
  t.strictSame(sequences(directory), [1, 2]);
  t.equal(log.health().dropped, 0);
});

t.test('a path that pino-roll refuses is a health, not a crash', async (t) => {
  const { log, watch } = openLog(join(t.testdir(), 'a:b'));
  log.write(renamed(1, 'bot'));
  t.match((await watch.until('degraded')).message, /invalid characters/);
  await log.close();
  t.equal(log.health().dropped, 1);
});

t.test('a full disk: whole lines only, nothing lost once there is room', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '1m');
  const { log, watch } = openLog(disk.path);
  log.write(renamed(1, 'bot'));
  await log.flushed();
  disk.fill();
  const { seen } = watch;
  let seq = 1;
  while (seen.length === 0) {
    seq += 1;
    log.write(renamed(seq, 'bot', 'z'.repeat(1000)));
    await log.flushed();
  }
  t.equal(seen[0]?.code, 'ENOSPC');
  t.strictSame(sequences(disk.path), sequence(1, seq - 1), 'what is there is whole');
  log.write(renamed(seq + 1, 'bot'));
  disk.free();
  await watch.until('ok');
  await log.close();
  t.strictSame(sequences(disk.path), sequence(1, seq + 1), 'once each, in order');
  t.equal(log.health().dropped, 0);
});

t.test('a full disk at the moment of rotation', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '1m');
  const { log, watch } = openLog(disk.path, { limits: { maxBytes: 3000, files: 50 } });
  for (const seq of sequence(1, 60)) {
    log.write(renamed(seq, 'bot', 'r'.repeat(400)));
    if (seq === 20) disk.fill();
    if (seq === 40) {
      await watch.until('degraded');
      disk.free();
    }
    await log.flushed();
  }
  await watch.until('ok');
  await log.close();
  const left = sequences(disk.path);
  t.strictSame(left, sequence(Number(left[0]), 60));
});

t.test(
  'longer than memory is kept: what was given up is counted and said',
  onSmallDisk,
  async (t) => {
    const disk = mountSmallDisk(t, '4m');
    mkdirSync(join(disk.path, 'log'));
    disk.fill();
    const { log, watch } = openLog(join(disk.path, 'log'));
    for (const seq of sequence(1, 300)) log.write(renamed(seq, 'bot', 'w'.repeat(7000)));
    await watch.until('degraded');
    const { dropped } = log.health();
    t.ok(dropped > 100 && dropped < 200, `${dropped} of 300 do not fit into 1 MiB`);
    disk.free();
    await watch.until('ok');
    log.write(renamed(301, 'bot'));
    await log.close();
    const lines = readLog(...numbered(join(disk.path, 'log')));
    const kept = 300 - dropped;
    t.strictSame(
      lines.map((line) => line['seq'] ?? line['dropped']),
      [...sequence(1, kept), dropped, 301],
    );
    t.equal(lines[kept]?.['type'], 'log.gap');
  },
);

t.test('a read-only file system', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '256k');
  disk.readOnly(true);
  const { log, watch } = openLog(join(disk.path, 'log'));
  log.write(renamed(1, 'bot'));
  t.equal((await watch.until('degraded')).code, 'EROFS');
  disk.readOnly(false);
  await watch.until('ok');
  await log.close();
  t.strictSame(sequences(join(disk.path, 'log')), [1]);
});

t.test('what cannot be written before the end is counted', async (t) => {
  const directory = join(t.testdir({ log: 'in the way' }), 'log');
  const { log, watch } = openLog(directory, { retryMs: 60_000 });
  log.write(renamed(1, 'bot'));
  log.write(renamed(2, 'bot'));
  await watch.until('degraded');
  await log.close();
  t.equal(log.health().dropped, 2);
});

import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import t from 'tap';
import { LogFailure } from '../../../../agent/model/failure.ts';
import { namedByDisk } from '../../../../agent/store/disk/disk-failure.ts';
import { sampleHistory } from '../sample-history.ts';
import {
  healthOf,
  openFor,
  pathsIn,
  readAll,
  temporaryDir,
  temporaryLog,
} from '../temporary-log.ts';
import { fill, remount, skipSmallDisk, smallDisk } from './small-disk.ts';

const run = promisify(execFile);
const history = [...sampleHistory(4000)];
const timing = { firstRetry: 5, lastRetry: 20, stall: 60_000 };

const skip = await skipSmallDisk(t);

t.test(
  'a full disk: the log says so, keeps what comes, and catches up in order',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const { log } = await openFor(t, pathsIn(dir), { timing });
    log.append(history.slice(0, 100));
    await log.durable();
    const free = fill(dir, 200_000);

    log.append(history.slice(100));
    await t.rejects(log.durable(), { name: 'LogFailure', code: 'ENOSPC', retryable: true });
    t.match(log.health(), { status: 'degraded', code: 'ENOSPC', message: /full/, dropped: 0 });
    const stored = log.health().storedSeq;
    t.equal(log.health().queued, history.length - stored);
    t.strictSame(await readAll(log), history.slice(0, stored), 'nothing already written is harmed');
    await t.rejects(log.durable(), { code: 'ENOSPC' }, 'asked again, it tries again');

    free();
    await healthOf(log, ({ status }) => status === 'ok');
    await log.durable();
    t.match(log.health(), { status: 'ok', code: '', queued: 0, dropped: 0, storedSeq: 4000 });
    t.strictSame(await readAll(log), history);
  },
);

t.test(
  'a full disk at start: the log opens, and stores once there is space',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const { log } = await openFor(t, pathsIn(dir));
    log.append(history.slice(0, 500));
    await log.close();
    const free = fill(dir, 0);

    const { log: again, opening } = await openFor(t, pathsIn(dir), { timing });
    t.match(opening, { head: 500, quarantined: null });
    t.strictSame(await readAll(again), history.slice(0, 500));
    again.append(history.slice(500, 600));
    await t.rejects(again.durable(), { code: 'ENOSPC' });

    free();
    await healthOf(again, ({ status }) => status === 'ok');
    t.strictSame(await readAll(again), history.slice(0, 600));
  },
);

t.test(
  'a full disk from the first start on: events wait until there is space',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const free = fill(dir, 0);
    const { log, opening } = await openFor(t, pathsIn(dir), { timing });
    t.match(opening, { head: 0, quarantined: null });
    log.append(history.slice(0, 100));
    await t.rejects(log.durable(), { name: 'LogFailure', code: 'ENOSPC', retryable: true });
    t.strictSame(await readAll(log), []);
    free();
    await healthOf(log, ({ status }) => status === 'ok');
    t.strictSame(await readAll(log), history.slice(0, 100));
  },
);

t.test('blobs that find no space do not keep events waiting', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const paths = { ...pathsIn(dir), eventsDb: join(await temporaryDir(t), 'events.db') };
  const { log } = await openFor(t, paths, { timing });
  const free = fill(dir, 0);
  const name = log.putBlob('a screen');
  log.append(history.slice(0, 10));
  await log.durable();
  await healthOf(log, ({ code }) => code === 'ENOSPC');
  log.append(history.slice(10, 20));
  await log.durable();
  t.equal(await log.getBlob(name), 'a screen', 'it waits in memory');
  free();
  await healthOf(log, ({ status }) => status === 'ok');
  await log.close();
  const { log: again } = await openFor(t, paths);
  t.equal(await again.getBlob(name), 'a screen');
});

t.test(
  'a read-only disk at start: the log is read, and stores once it may',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const paths = pathsIn(dir);
    const { log } = await openFor(t, paths);
    log.append(history.slice(0, 100));
    await log.close();
    await remount(dir, 'ro');

    const { log: again, opening } = await openFor(t, paths, { timing });
    t.match(opening, { head: 100, quarantined: null });
    t.strictSame(await readAll(again), history.slice(0, 100));
    again.append(history.slice(100, 200));
    await t.rejects(again.durable(), { name: 'LogFailure', code: 'EROFS', retryable: true });

    await remount(dir, 'rw');
    await healthOf(again, ({ status }) => status === 'ok');
    t.strictSame(await readAll(again), history.slice(0, 200));
  },
);

t.test('a read-only disk from the first start on', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  await remount(dir, 'ro');
  const { log } = await openFor(t, pathsIn(dir), { timing });
  log.append(history.slice(0, 10));
  await t.rejects(log.durable(), { code: 'EROFS' });
  await remount(dir, 'rw');
  await healthOf(log, ({ status }) => status === 'ok');
  t.strictSame(await readAll(log), history.slice(0, 10));
});

t.test(
  'what a disk says that only says "I/O error" is asked of the file system',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const file = join(dir, 'events.db');
    await writeFile(file, '');
    const vague = new LogFailure('SQLITE_IOERR', 'disk I/O error');
    t.equal(namedByDisk(vague, file), vague);
    await remount(dir, 'ro');
    t.match(namedByDisk(vague, file), { code: 'EROFS' });
  },
);

t.test('a directory one may not write', async (t) => {
  const dir = await temporaryDir(t);
  const nobody = 65_534;
  await chmod(dir, 0o555);
  const program = new URL('./opening-child.ts', import.meta.url).pathname;
  const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  // tap has every process it starts write a file into the checkout, which this user may not.
  const untapped = ['-i', process.execPath, program, dir];
  const { stdout, stderr } = await run('env', untapped, asNobody);
  t.equal(stdout.trim(), 'LogFailure EACCES retryable', stderr);
});

t.test('a database locked by another program: the log waits for it', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing });
  const codes: string[] = [];
  const other = new DatabaseSync(paths.eventsDb);
  other.exec('BEGIN IMMEDIATE');
  log.append(history.slice(0, 10));
  await t.rejects(log.durable(), { code: 'SQLITE_BUSY', retryable: true });
  t.match(log.health(), { status: 'degraded', code: 'SQLITE_BUSY', queued: 10 });
  log.onHealth = ({ code }) => codes.push(code);
  log.append(history.slice(10, 20));
  other.exec('ROLLBACK');
  other.close();
  await log.durable();
  t.strictSame(await readAll(log), history.slice(0, 20));
  t.strictSame(codes, ['']);
});

t.test('a queue that is full gives up the newest, in one piece, and counts them', async (t) => {
  const maxQueued = { events: 100, bytes: 1e9 };
  const { log, paths } = await temporaryLog(t, { timing, maxQueued });
  const other = new DatabaseSync(paths.eventsDb);
  other.exec('BEGIN IMMEDIATE');
  log.append(history.slice(0, 150));
  t.match(log.health(), { status: 'degraded', code: 'log-queue-full', queued: 100, dropped: 50 });
  await t.rejects(log.durable(), { code: 'log-queue-full' });
  other.exec('ROLLBACK');
  other.close();
  await healthOf(log, ({ status }) => status === 'ok');
  log.append(history.slice(150, 160));
  await log.durable();
  t.strictSame(await readAll(log), [...history.slice(0, 100), ...history.slice(150, 160)]);
  t.equal(log.health().dropped, 50);
});

t.test(
  'closing with events that cannot be stored says so, and lets go of everything',
  async (t) => {
    const { log, paths } = await temporaryLog(t, { timing });
    const other = new DatabaseSync(paths.eventsDb);
    other.exec('BEGIN IMMEDIATE');
    log.append(history.slice(0, 3));
    await t.rejects(log.close(), { code: 'SQLITE_BUSY', message: /3 events were not stored/ });
    other.close();
    const { opening } = await openFor(t, paths);
    t.equal(opening.head, 0);
  },
);

t.test('closing does not wait for blobs that cannot be stored', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing });
  rmSync(paths.blobsDir, { recursive: true });
  await writeFile(paths.blobsDir, 'no directory');
  log.putBlob('a screen');
  log.append(history.slice(0, 10));
  await log.durable();
  await t.resolves(log.close());
  rmSync(paths.blobsDir);
  const { opening } = await openFor(t, paths);
  t.equal(opening.head, 10);
});

t.test('a blobs directory removed while in use is made again', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing });
  rmSync(paths.blobsDir, { recursive: true });
  const name = log.putBlob('a screen');
  await log.close();
  const { log: again } = await openFor(t, paths);
  t.equal(await again.getBlob(name), 'a screen');
  t.equal(statSync(paths.blobsDir).mode & 0o777, 0o700);
});

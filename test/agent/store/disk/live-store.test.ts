import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import type { Quarantined } from '../../../../agent/model/event-log.ts';
import { LogFailure } from '../../../../agent/model/failure.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { LiveStore } from '../../../../agent/store/disk/live-store.ts';
import { openOrRebuild } from '../../../../agent/store/disk/store.ts';
import type { EventRow, StorePaths } from '../../../../agent/store/messages.ts';
import { sampleHistory } from '../sample-history.ts';
import { healthOf, openFor, pathsIn, temporaryDir } from '../temporary-log.ts';
import { fill, remount, skipSmallDisk, smallDisk } from './small-disk.ts';

const run = promisify(execFile);
const history = [...sampleHistory(1000)];
const timing = { firstRetry: 5, lastRetry: 20, stall: 60_000 };
const skip = await skipSmallDisk(t);

const liveStore = (t: Test, paths: StorePaths) => {
  const said: Quarantined[] = [];
  const live = new LiveStore(paths, (quarantined) => said.push(quarantined));
  t.teardown(() => live.close());
  return { live, said };
};

const rowOf = (seq: number): EventRow => {
  const event: Event = {
    seq,
    v: 1,
    at: seq,
    type: 'log.recovered',
    trace: '',
    data: { queued: 0, afterMs: 0 },
  };
  return { seq, at: seq, type: event.type, session: null, life: null, body: JSON.stringify(event) };
};

const batch = (...seqs: number[]) => ({ rows: seqs.map(rowOf), cursors: [], full: true });

const writtenOn = async (t: Test, dir: string, events: number): Promise<StorePaths> => {
  const paths = pathsIn(dir);
  const { log } = await openFor(t, paths);
  log.append(history.slice(0, events));
  await log.close();
  return paths;
};

t.test(
  'a log that turns up later with more events than were known is left alone',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const paths = pathsIn(await temporaryDir(t));
    const { log } = await openFor(t, paths);
    log.append(history.slice(0, 100));
    await log.close();
    await remount(dir, 'ro');
    const { log: early } = await openFor(t, pathsIn(dir), { timing });
    early.append(history.slice(0, 10));
    await t.rejects(early.durable(), { code: 'EROFS' });
    // The disk it should have been on is mounted now.
    await run('mount', ['--bind', dirname(dirname(paths.eventsDb)), dir]);
    t.teardown(() => run('umount', ['-l', dir]));
    await healthOf(early, ({ code }) => code === 'log-diverged');
    t.equal(early.health().queued, 10);
  },
);

t.test(
  'a rebuild that finds no space leaves the damaged database in place',
  { skip },
  async (t) => {
    const paths = pathsIn((await smallDisk(t)) ?? '');
    const { log } = await openFor(t, paths);
    log.append(history.slice(0, 1000));
    await log.close();
    const free = fill(dirname(dirname(paths.eventsDb)), 0);
    const said: Quarantined[] = [];
    const live = new LiveStore(paths, (quarantined) => said.push(quarantined));
    live.open();
    const damage = new LogFailure('SQLITE_CORRUPT', 'database disk image is malformed');
    t.throws(() => live.rebuild(damage), { code: 'ENOSPC' });
    t.notOk(existsSync(`${paths.eventsDb}.rebuilding`), 'and nothing half written');
    t.equal(live.forWriting().head(), 1000, 'it is opened again when asked for');
    free();
    live.rebuild(damage);
    t.match(said, [{ salvaged: 1000, reason: damage.message }]);
    t.equal(live.forWriting().head(), 1000);
    live.close();
  },
);

t.test(
  'a snapshot is refused while the disk takes no writes, and taken when it does',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const paths = await writtenOn(t, dir, 100);
    await remount(dir, 'ro');
    const { log } = await openFor(t, paths, { timing });
    const state = { ...emptyState(), seq: 100, at: 5 };
    await t.rejects(log.saveSnapshot(state), { name: 'LogFailure', code: 'EROFS' });
    t.equal(await log.snapshotBefore(9), null);
    await remount(dir, 'rw');
    await log.saveSnapshot(state);
    await log.close();
    t.match((await openFor(t, paths)).opening, { head: 100, state: { seq: 100 } });
  },
);

t.test('a database removed before its disk takes writes is written again', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const paths = await writtenOn(t, dir, 100);
  await remount(dir, 'ro');
  const { live, said } = liveStore(t, paths);
  t.equal(live.open().head, 100);
  t.throws(() => live.forWriting(), { code: 'EROFS' });
  await remount(dir, 'rw');
  rmSync(paths.eventsDb);
  t.equal(live.forWriting().count(), 100);
  t.match(said, [{ file: '', reason: /removed/, salvaged: 100 }]);
});

t.test('a log with fewer events than were read is another one', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const paths = await writtenOn(t, dir, 100);
  const other = await writtenOn(t, await temporaryDir(t), 50);
  await remount(dir, 'ro');
  const { live } = liveStore(t, paths);
  live.open();
  await run('mount', ['--bind', dirname(dirname(other.eventsDb)), dir]);
  t.throws(() => live.forWriting(), { code: 'log-diverged' });
  t.equal(live.forReading().count(), 100, 'what was read stays readable');
  await run('umount', [dir]);
  await remount(dir, 'rw');
  t.equal(live.forWriting().count(), 100, 'and it goes on when the first is back');
});

/** A log as a kill leaves it, its newest events in the write-ahead log alone, on a disk that became read-only. */
const killedOn = async (t: Test, dir: string, damage = async (_: string) => {}) => {
  const used = await writtenOn(t, await temporaryDir(t), 600);
  const { live } = liveStore(t, used);
  live.open();
  live.forWriting().append(batch(601, 602));
  const paths = pathsIn(dir);
  mkdirSync(dirname(paths.eventsDb));
  for (const suffix of ['', '-wal', '-shm']) {
    copyFileSync(`${used.eventsDb}${suffix}`, `${paths.eventsDb}${suffix}`);
  }
  await damage(paths.eventsDb);
  await remount(dir, 'ro');
  return paths;
};

const overwrite = async (file: string, position: number, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, position);
  await handle.close();
};

t.test('a log of a killed agent on a disk that is read-only at first', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const { live, said } = liveStore(t, await killedOn(t, dir));
  t.equal(live.open().head, 602);
  t.throws(() => live.forWriting(), { code: 'EROFS' });
  t.equal(live.forReading().count(), 602);
  await remount(dir, 'rw');
  live.forWriting().append(batch(603));
  t.equal(live.forReading().count(), 603);
  t.strictSame(said, [], 'it is not taken for damaged');
});

t.test('the same, found damaged: its write-ahead log is salvaged too', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const noise = Buffer.alloc(4096, 0xa5);
  const paths = await killedOn(t, dir, (file) => overwrite(file, 40 * 4096, noise));
  const { live, said } = liveStore(t, paths);
  t.equal(live.open().head, 602);
  await remount(dir, 'rw');
  t.equal(live.forWriting().head(), 602);
  t.equal(said.length, 1);
});

t.test('a damaged log on a full disk is refused for the lack of space', { skip }, async (t) => {
  const dir = (await smallDisk(t)) ?? '';
  const paths = await writtenOn(t, dir, 1000);
  await overwrite(paths.eventsDb, 0, Buffer.alloc(100));
  const free = fill(dir, 0);
  const { live } = liveStore(t, paths);
  t.throws(() => live.open(), { code: 'ENOSPC' });
  t.notOk(existsSync(`${paths.eventsDb}.rebuilding`));
  free();
  t.match(live.open(), { head: 1000, quarantined: { salvaged: 1000 } });
});

t.test('a read whose store is closed meanwhile ends early and says where', async (t) => {
  const paths = await writtenOn(t, await temporaryDir(t), 0);
  const { store } = openOrRebuild(paths, 0);
  store.append(batch(1, 120_000));
  const query = { after: 0, upTo: 120_000, limit: 10 };
  const reading = store.reader.read(query);
  store.close();
  const { bodies, next } = await reading;
  t.equal(bodies.length, 1);

  const { store: again } = openOrRebuild(paths, 0);
  t.match(await again.reader.read({ ...query, after: next ?? 0 }), {
    bodies: [/120000/],
    next: null,
  });
  again.close();
});

t.test('who lost the lock with its directory does not write until it has it again', async (t) => {
  const paths = await writtenOn(t, await temporaryDir(t), 100);
  const { live, said } = liveStore(t, paths);
  live.open();
  rmSync(dirname(paths.eventsDb), { recursive: true });
  const { live: other } = liveStore(t, paths);
  other.open();
  other.forWriting().append(batch(1, 2));
  t.throws(() => live.forWriting(), { code: 'log-in-use' });
  t.equal(live.forReading().count(), 100, 'what it has can be read');
  other.close();

  t.equal(live.forWriting().count(), 100);
  t.match(said, [{ reason: /another file/, salvaged: 100 }]);
  const theirs = openOrRebuild({ ...paths, eventsDb: said[0]?.file ?? '' }, 0);
  t.equal(theirs.store.count(), 2, 'and what the other wrote is kept');
  theirs.store.close();
});

t.test('an event stored under a number that another has is never dropped silently', async (t) => {
  const paths = await writtenOn(t, await temporaryDir(t), 0);
  const { live } = liveStore(t, paths);
  live.open();
  live.forWriting().append(batch(1, 2));
  live.forWriting().append(batch(2, 3));
  t.equal(live.forWriting().head(), 3, 'the same event twice is a commit whose answer was lost');
  const [first, second] = [rowOf(4), { ...rowOf(3), body: rowOf(5).body }];
  t.throws(() => live.forWriting().append({ rows: [first, second], cursors: [], full: true }), {
    code: 'log-diverged',
  });
  t.equal(live.forWriting().head(), 3, 'and nothing of the commit is stored');
});

t.test('a lock file removed: what another wrote meanwhile is not written over', async (t) => {
  const paths = await writtenOn(t, await temporaryDir(t), 100);
  const { live } = liveStore(t, paths);
  live.open();
  rmSync(`${paths.eventsDb}.lock`);
  live.forWriting().append(batch(101));
  t.ok(existsSync(`${paths.eventsDb}.lock`), 'when nobody took it, it is taken again');

  renameSync(`${paths.eventsDb}.lock`, `${paths.eventsDb}.gone`);
  const { live: other } = liveStore(t, paths);
  other.open();
  t.throws(() => live.forWriting(), { code: 'log-in-use' });
  other.forWriting().append(batch(102));
  other.close();
  t.throws(() => live.forWriting(), { code: 'log-diverged' });
  t.throws(() => live.forWriting(), { code: 'log-diverged' }, 'asked again, it is no better');
  live.close();
  t.equal(liveStore(t, paths).live.open().head, 102);
});

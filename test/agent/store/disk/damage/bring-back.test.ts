import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import type { Quarantined } from '../../../../../agent/model/event-log.ts';
import { replace } from '../../../../../agent/store/disk/damage/set-aside.ts';
import { openLog } from '../../../../../agent/store/open.ts';
import { sampleHistory } from '../../sample-history.ts';
import {
  healthOf,
  openFor,
  pathsIn,
  readAll,
  temporaryDir,
  temporaryLog,
} from '../../temporary-log.ts';
import { fill, skipSmallDisk, smallDisk } from '../small-disk.ts';

const history = [...sampleHistory(1100)];
const timing = { firstRetry: 5, lastRetry: 20, stall: 60_000 };
const skip = await skipSmallDisk(t);

t.test('a database removed while in use is written again, whole', async (t) => {
  for (const what of ['file', 'directory'] as const) {
    const { log, paths } = await temporaryLog(t, { timing });
    const said: Quarantined[] = [];
    log.onQuarantined = (quarantined) => said.push(quarantined);
    log.append(history.slice(0, 1000));
    await log.durable();
    rmSync(what === 'file' ? paths.eventsDb : dirname(paths.eventsDb), { recursive: true });
    log.append(history.slice(1000, 1100));
    await log.durable();
    t.match(said, [{ file: '', reason: /removed/, salvaged: 1000 }]);
    t.equal(statSync(paths.eventsDb).mode & 0o777, 0o600);
    await log.close();
    const { log: again, opening } = await openFor(t, paths);
    t.match(opening, { head: 1100, quarantined: null });
    t.strictSame(await readAll(again), history.slice(0, 1100));
    await t.rejects(openLog(paths), { code: 'log-in-use' }, 'and still has one writer');
  }
});

t.test('a file that takes the place of the database in use is set aside', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing });
  const said: Quarantined[] = [];
  log.onQuarantined = (quarantined) => said.push(quarantined);
  log.append(history.slice(0, 100));
  await log.durable();
  await writeFile(`${paths.eventsDb}.copy`, 'a backup');
  renameSync(`${paths.eventsDb}.copy`, paths.eventsDb);
  log.append(history.slice(100, 200));
  await log.durable();
  t.match(said, [{ reason: /another file/, salvaged: 100 }]);
  t.equal(readFileSync(said[0]?.file ?? '', 'utf8'), 'a backup');
  t.strictSame(await readAll(log), history.slice(0, 200));
});

/** A log in use whose database is changed by `change`; what is said of it when it is written the next time. */
const disturbed = async (t: Test, change: (eventsDb: string) => void) => {
  const { log, paths } = await temporaryLog(t, { timing });
  const said: Quarantined[] = [];
  log.onQuarantined = (quarantined) => said.push(quarantined);
  log.append(history.slice(0, 100));
  await log.durable();
  await log.read({ limit: 1 });
  change(paths.eventsDb);
  log.append(history.slice(100, 200));
  await log.durable();
  t.strictSame(await readAll(log), history.slice(0, 200));
  await log.close();
  const { opening } = await openFor(t, paths);
  t.match(opening, { head: 200, quarantined: null });
  return { said, eventsDb: paths.eventsDb };
};

t.test('a write-ahead log removed while in use is noticed, and all is written again', async (t) => {
  const { said } = await disturbed(t, (eventsDb) => {
    for (const suffix of ['-wal', '-shm']) rmSync(`${eventsDb}${suffix}`);
  });
  t.match(said, [{ reason: /write-ahead log was removed/, salvaged: 100 }]);
});

t.test('what is wrong with the place of a log nobody writes to is said all the same', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing, lookEveryMs: 5 });
  log.append(history.slice(0, 100));
  await log.durable();
  mkdirSync(`${paths.eventsDb}.rebuilding`);
  rmSync(paths.eventsDb);
  await healthOf(log, ({ status }) => status === 'degraded');
  t.equal(log.health().code, 'ERR_FS_EISDIR');
  rmdirSync(`${paths.eventsDb}.rebuilding`);
  await healthOf(log, ({ status }) => status === 'ok');
  t.ok(existsSync(paths.eventsDb));
  t.strictSame(await readAll(log), history.slice(0, 100));
});

t.test('what takes the place of the database does not inherit its write-ahead log', async (t) => {
  const { said } = await disturbed(t, (eventsDb) => {
    rmSync(eventsDb);
    mkdirSync(`${eventsDb}.new`);
    symlinkSync('events.db.new', eventsDb);
  });
  const file = said[0]?.file ?? '';
  t.ok(lstatSync(file).isSymbolicLink(), 'a link is set aside as a link');
  for (const suffix of ['-wal', '-shm']) t.notOk(existsSync(`${file}${suffix}`), suffix);
});

t.test('a write-ahead log that came with another database stays with it', async (t) => {
  const { said } = await disturbed(t, (eventsDb) => {
    for (const suffix of ['', '-wal']) {
      rmSync(`${eventsDb}${suffix}`);
      symlinkSync('../elsewhere', `${eventsDb}${suffix}`);
    }
    mkdirSync(join(dirname(eventsDb), '../elsewhere'));
  });
  t.ok(existsSync(`${said[0]?.file}-wal`));
});

t.test('a link that leads nowhere is set aside as well', async (t) => {
  const { said, eventsDb } = await disturbed(t, (eventsDb) => {
    rmSync(eventsDb);
    symlinkSync('/nonexistent/events.db', eventsDb);
  });
  t.match(said, [{ reason: /removed/, salvaged: 100 }]);
  t.ok(lstatSync(said[0]?.file ?? '').isSymbolicLink());
  t.notOk(lstatSync(eventsDb).isSymbolicLink());
});

t.test('a directory in the place of the database is set aside with what it holds', async (t) => {
  const { said } = await disturbed(t, (eventsDb) => {
    rmSync(eventsDb);
    mkdirSync(join(eventsDb, 'something'), { recursive: true });
  });
  t.strictSame(readdirSync(said[0]?.file ?? ''), ['something']);
});

t.test('removed just before the end: it is written again all the same', async (t) => {
  const { log, paths } = await temporaryLog(t, { timing });
  log.append(history.slice(0, 100));
  await log.durable();
  rmSync(paths.eventsDb);
  await log.close();
  t.equal((await openFor(t, paths)).opening.head, 100);
});

t.test(
  'removed on a disk that is full: reads go on, nothing half written stays, and then it is back',
  { skip },
  async (t) => {
    const dir = (await smallDisk(t)) ?? '';
    const paths = pathsIn(dir);
    const { log } = await openFor(t, paths, { timing });
    log.append(history.slice(0, 1000));
    await log.durable();
    const free = fill(dir, 100_000);
    rmSync(paths.eventsDb);
    log.append(history.slice(1000));
    await t.rejects(log.durable(), { code: 'ENOSPC', retryable: true });
    t.strictSame(await readAll(log), history.slice(0, 1000));
    // Between two attempts nothing but these is there.
    await t.rejects(log.durable(), { code: 'ENOSPC' });
    const names = readdirSync(dirname(paths.eventsDb));
    t.notOk(
      names.some((name) => name.includes('damaged')),
      `${names}`,
    );
    free();
    await healthOf(log, ({ status }) => status === 'ok');
    t.strictSame(await readAll(log), history);
    t.notOk(readdirSync(dirname(paths.eventsDb)).some((name) => name.includes('rebuil')));
  },
);

t.test('what fails before the fresh one is in place leaves the old one there', async (t) => {
  const dir = await temporaryDir(t);
  const eventsDb = join(dir, 'events.db');
  await writeFile(eventsDb, 'old');
  t.throws(() => replace(eventsDb, join(dir, 'missing'), join(dir, 'aside')), { code: 'ENOENT' });
  t.equal(readFileSync(eventsDb, 'utf8'), 'old');
  await mkdir(join(dir, 'taken'));
  await writeFile(join(dir, 'fresh'), 'fresh');
  t.throws(() => replace(eventsDb, join(dir, 'fresh'), join(dir, 'taken')), { code: 'EEXIST' });
  t.equal(readFileSync(eventsDb, 'utf8'), 'old');
});

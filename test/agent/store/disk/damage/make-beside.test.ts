import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import t, { type Test } from 'tap';
import { makeBeside } from '../../../../../agent/store/disk/damage/make-beside.ts';
import { forgetOldest } from '../../../../../agent/store/disk/damage/set-aside.ts';
import { sampleHistory } from '../../sample-history.ts';
import { openFor, pathsIn, readAll, temporaryDir } from '../../temporary-log.ts';

const history = [...sampleHistory(100)];

const closedLog = async (t: Test) => {
  const paths = pathsIn(await temporaryDir(t));
  const { log } = await openFor(t, paths);
  log.append(history);
  await log.close();
  return paths;
};

t.test('what fails leaves nothing behind, its journal included', async (t) => {
  const dir = await temporaryDir(t);
  const fail = (fresh: string): never => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) writeFileSync(`${fresh}${suffix}`, '');
    throw new Error('no space');
  };
  t.throws(() => makeBeside(`${dir}/events.db`, fail, fail), { message: 'no space' });
  const make = (fresh: string): void => writeFileSync(fresh, '');
  t.throws(() => makeBeside(`${dir}/events.db`, make, fail), { message: 'no space' });
  t.strictSame(readdirSync(dir), []);
});

t.test('killed before the fresh one was put in place: the next start does that', async (t) => {
  const paths = await closedLog(t);
  renameSync(paths.eventsDb, `${paths.eventsDb}.rebuilt`);
  const { log, opening } = await openFor(t, paths);
  t.match(opening, { head: 100, quarantined: { file: '', salvaged: 100 } });
  t.strictSame(await readAll(log), history);
  t.notOk(existsSync(`${paths.eventsDb}.rebuilt`));
  await log.close();
  t.equal((await openFor(t, paths)).opening.quarantined, null, 'and says so once');
});

t.test('the same with the old one still there: it is set aside', async (t) => {
  const paths = await closedLog(t);
  renameSync(paths.eventsDb, `${paths.eventsDb}.rebuilt`);
  writeFileSync(paths.eventsDb, 'the old one');
  const { log, opening } = await openFor(t, paths);
  t.match(opening, { head: 100, quarantined: { salvaged: 100 } });
  t.equal(readFileSync(opening.quarantined?.file ?? '', 'utf8'), 'the old one');
  t.strictSame(await readAll(log), history);
});

t.test('one that was not finished is not used', async (t) => {
  const paths = await closedLog(t);
  writeFileSync(`${paths.eventsDb}.rebuilding`, 'half of it');
  t.match((await openFor(t, paths)).opening, { head: 100, quarantined: null });
});

t.test('of what was set aside the newest three stay, and directories', async (t) => {
  const eventsDb = `${await temporaryDir(t)}/events.db`;
  const name = (day: number, suffix = ''): string => `events.db.damaged-2026-01-0${day}Z${suffix}`;
  const files = [
    ...[name(1), name(1, '-wal'), name(2, '-shm'), name(2, '-wal'), name(3, '-journal')],
    ...[name(4), name(4, '-wal'), name(5), name(6, '-wal')],
  ];
  const dir = dirname(eventsDb);
  for (const file of files) writeFileSync(`${dir}/${file}`, '');
  for (const directory of [name(0), name(1, '-shm')]) mkdirSync(`${dir}/${directory}`);
  forgetOldest(eventsDb);
  const left = [name(0), name(1, '-shm'), name(4), name(4, '-wal'), name(5), name(6, '-wal')];
  t.strictSame(readdirSync(dir).sort(), left);
});

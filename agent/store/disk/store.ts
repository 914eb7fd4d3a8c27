import type { DatabaseSync } from 'node:sqlite';
import type { Quarantined } from '../../model/event-log.ts';
import { LogFailure } from '../../model/failure.ts';
import { isDamageAtOpen, logFailure } from '../failures.ts';
import type { Opened, StorePaths } from '../messages.ts';
import { appender } from './append.ts';
import { cursorStore } from './cursors.ts';
import { forgetLog, isLogAlone, keepLog } from './damage/kept-log.ts';
import { finishPlacing } from './damage/make-beside.ts';
import { quarantine } from './damage/quarantine.ts';
import { checkDatabase, openDatabase, readDatabase, usedBytes } from './database.ts';
import { eventReader } from './query.ts';
import { retention } from './retention.ts';
import { snapshotStore } from './snapshots.ts';

/** An open database with everything that is done to it. Lives in the store's thread. */
const storeOn = (db: DatabaseSync, blobsDir: string) => {
  const cursors = cursorStore(db);
  const snapshots = snapshotStore(db);
  const headOfAll = db.prepare(
    'SELECT max(ifnull((SELECT max(seq) FROM events), 0), ifnull((SELECT max(seq) FROM snapshots), 0)) AS seq',
  );
  const count = db.prepare('SELECT count(*) AS events FROM events');
  const pages = db.prepare('PRAGMA page_count');
  const version = db.prepare('PRAGMA data_version');
  const dataVersion = (): number => Number(version.get()?.['data_version']);
  const versionAtOpen = dataVersion();
  return {
    blobsDir,
    append: appender(db, cursors),
    reader: eventReader(db),
    snapshots,
    retain: retention(db, { cursors, snapshots, blobsDir }),
    bytes: usedBytes(db),
    /** How many pages it has, free ones too. */
    pages: () => Number(pages.get()?.['page_count']),
    /** The greatest `seq` it knows of. */
    head: () => Number(headOfAll.get()?.['seq']),
    /** How many events it has. */
    count: () => Number(count.get()?.['events']),
    /** True when another program has written to it. */
    isChangedByOthers: () => dataVersion() !== versionAtOpen,
    /** Writes all of it to an empty file, even when its own has lost its name. */
    copyTo: (file: string) => void db.prepare('VACUUM INTO ?').run(file),
    close: () => db.close(),
  };
};

export type Store = ReturnType<typeof storeOn>;

export interface OpenStore {
  store: Store;
  opened: Opened;
}

/** @throws LogFailure, and the database is closed then. */
const openOn = (
  db: DatabaseSync,
  blobsDir: string,
  quarantined: Quarantined | null = null,
): OpenStore => {
  try {
    const store = storeOn(db, blobsDir);
    const state = store.snapshots.before(Number.MAX_SAFE_INTEGER);
    return { store, opened: { state, head: store.head(), bytes: store.bytes(), quarantined } };
  } catch (error) {
    db.close();
    throw logFailure(error);
  }
};

const openSound = (paths: StorePaths, quarantined: Quarantined | null): OpenStore => {
  const db = openDatabase(paths.eventsDb);
  try {
    checkDatabase(db);
  } catch (error) {
    db.close();
    throw logFailure(error);
  }
  return openOn(db, paths.blobsDir, quarantined);
};

/** What can be read while the disk takes no writes; empty where there is no log yet. @throws LogFailure */
export const openForReading = ({ eventsDb, blobsDir }: StorePaths): OpenStore =>
  openOn(readDatabase(eventsDb), blobsDir);

const openOrQuarantine = (paths: StorePaths, now: number, damage: LogFailure | null): OpenStore => {
  try {
    if (damage) throw damage;
    if (isLogAlone(paths.eventsDb)) throw new LogFailure('log-damaged', 'it was cut to nothing');
    return openSound(paths, null);
  } catch (error) {
    const failure = logFailure(error);
    if (!isDamageAtOpen(failure)) throw failure;
    return openSound(paths, quarantine(paths.eventsDb, failure, now));
  }
};

/** Says of a database put in place only now what is known of it. */
const asFinished = ({ store, opened }: OpenStore, file: string): OpenStore => {
  const reason = 'a kill came before another could take its place';
  return { store, opened: { ...opened, quarantined: { file, reason, salvaged: store.count() } } };
};

/**
 * Opens the database; a damaged one is set aside and rebuilt first.
 * @param damage what showed the damage in use, where a check at open may not see it.
 * @throws LogFailure
 */
export const openOrRebuild = (
  paths: StorePaths,
  now: number,
  damage: LogFailure | null = null,
): OpenStore => {
  const replaced = finishPlacing(paths.eventsDb, now);
  keepLog(paths.eventsDb);
  const open = openOrQuarantine(paths, now, damage);
  forgetLog(paths.eventsDb);
  return replaced === null || open.opened.quarantined ? open : asFinished(open, replaced);
};

import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { StorePaths } from '../messages.ts';
import { checkSqliteVersion } from './database.ts';
import { identityOf } from './file-identity.ts';
import { lockFile, takeLock } from './lock.ts';

export interface WriterLock {
  /**
   * Holds the lock from now on. It may have been lost with its file, and without it another may write: then it
   * is taken again, unless `check` throws.
   * @throws LogFailure `log-in-use` while another has it
   */
  hold(check: () => void): void;
  release(): void;
}

/** Step by step: Node's recursive mkdir says ENOENT of a read-only file system. */
const makeDirectory = (path: string): void => {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};

/** Becomes the one writer. @throws LogFailure */
const lockStore = (paths: StorePaths): DatabaseSync => {
  checkSqliteVersion(process.versions['sqlite'] ?? '');
  makeDirectory(dirname(paths.eventsDb));
  makeDirectory(paths.blobsDir);
  return takeLock(paths.eventsDb);
};

export const createWriterLock = (paths: StorePaths): WriterLock => {
  const file = lockFile(paths.eventsDb);
  let lock: DatabaseSync | null = null;
  let identity = '';
  return {
    hold(check) {
      if (lock && identityOf(file) === identity) return;
      const taken = lockStore(paths);
      try {
        check();
      } catch (error) {
        taken.close();
        throw error;
      }
      lock?.close();
      lock = taken;
      identity = identityOf(file);
    },
    release() {
      lock?.close();
      lock = null;
    },
  };
};

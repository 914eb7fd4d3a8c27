import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from './database.ts';
import { takeLock } from './lock.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createReserve, withReserve } from './reserve.ts';

export interface OpenOutbox {
  outbox: Outbox;
  /** Another process may have it from then on. */
  close(): void;
}

/**
 * The outbox of a directory, for this process alone.
 * @param onSetAside a damaged one was, under this name
 * @throws Failure `outbox-in-use`, and where the disk does not take it
 */
export const openOutbox = (
  directory: string,
  host: () => string,
  onSetAside: (as: string) => void,
): OpenOutbox => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'outbox.db');
  const lock = takeLock(file);
  try {
    const reserve = createReserve(join(directory, 'reserve'));
    const database = withReserve(reserve, () => openDatabase(file, onSetAside));
    reserve.hold();
    const close = (): void => {
      database.close();
      lock.close();
    };
    return { outbox: createOutbox(database, host, reserve), close };
  } catch (cause) {
    lock.close();
    throw cause;
  }
};

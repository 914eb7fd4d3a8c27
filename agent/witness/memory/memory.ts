import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRecentFile } from './recent-file.ts';
import { createRecollection, type Recalled, type Recollection } from './recollection.ts';
import { createSharing } from './share-ancestors.ts';

/** What the witness remembers, with what it knew before it was started. */
export interface Memory extends Recollection {
  /** Writes down what is not yet on disk. */
  close(): Promise<void>;
}

/**
 * A witness that was killed had read what it could not write down any more: what nothing tells of may have been in that.
 * @returns whether the last one ended in order
 */
const takeFarewell = (mark: string): boolean => {
  try {
    rmSync(mark);
    return true;
  } catch {
    return false;
  }
};

const leaveFarewell = (mark: string, onTrouble: (cause: unknown) => void): void => {
  try {
    writeFileSync(mark, '');
  } catch (cause) {
    onTrouble(cause);
  }
};

/**
 * @param since when the kernel began to record, ms since the epoch
 * @param onTrouble the disk takes nothing: only what is in memory is kept
 */
export const openMemory = async (
  directory: string,
  since: number,
  onTrouble: (cause: unknown) => void,
): Promise<Memory> => {
  const recollection = createRecollection(since);
  const file = createRecentFile(directory, onTrouble);
  const share = createSharing();
  const mark = join(directory, 'ended-in-order');
  if (!takeFarewell(mark)) recollection.blindUntil(Date.now());
  for (const entry of await file.read(Date.now())) recollection.remember(share(entry));
  return {
    ...recollection,
    remember(entry: Recalled): void {
      recollection.remember(share(entry));
      // Of what is gone nobody asks who its clients were.
      if (entry.kind !== 'client') file.keep(entry);
    },
    async close() {
      await file.close();
      leaveFarewell(mark, onTrouble);
    },
  };
};

import { leaveFarewell, takeFarewell } from './farewell.ts';
import { createRecentFile } from './recent-file.ts';
import { createRecollection, type Recalled, type Recollection } from './recollection.ts';
import { createSharing } from './share-ancestors.ts';

/** What the witness remembers, with what it knew before it was started. */
export interface Memory extends Recollection {
  /** Writes down what is not yet on disk. */
  close(): Promise<void>;
}

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
  const now = Date.now();
  const farewell = takeFarewell(directory);
  const kept = await file.read(now);
  recollection.blindUntil(farewell ? Math.max(farewell.since, kept.since) : now);
  // The kernel holds the ends since then; the others are not on disk.
  if (farewell) recollection.blindToClientsUntil(farewell.endedAt);
  for (const entry of kept.entries) recollection.remember(share(entry));
  return {
    ...recollection,
    remember(entry: Recalled): void {
      recollection.remember(share(entry));
      // Of what is gone nobody asks who its clients were.
      if (entry.kind !== 'client') file.keep(entry);
    },
    async close() {
      await file.close();
      if (!file.isWhole()) return;
      try {
        leaveFarewell(directory, { since: recollection.since(), endedAt: Date.now() });
      } catch (cause) {
        onTrouble(cause);
      }
    },
  };
};

import type { EventLog, Opening } from '../model/event-log.ts';
import { emptyState, type State } from '../model/state.ts';
import { defaultTiming, type Timing } from './group-commit.ts';
import type { StorePaths } from './messages.ts';
import { StoreClient } from './store-client.ts';
import { StoredLog } from './stored-log.ts';
import { maxQueued, WriteQueue } from './write-queue.ts';

/** For tests, which cannot wait as long or queue as much. */
export interface LogOptions {
  timing?: Timing;
  maxQueued?: typeof maxQueued;
  lookEveryMs?: number;
}

/** Whether the log is still where it was is looked at this often, ms, when nothing is written. */
const lookEveryMs = 10_000;

/**
 * Opens the log and becomes its one writer, until `close` or the end of the process. A damaged database is
 * set aside and rebuilt from what can be read of it.
 * A disk that takes no writes now (full, read-only) does not keep it from opening: health says so, and what is
 * appended waits. Rejects LogFailure: `log-in-use`, `sqlite-too-old`, or what the file system says (EACCES, …),
 * and then has harmed nothing and left nothing running.
 */
export const openLog = async (
  { eventsDb, blobsDir }: StorePaths,
  options: LogOptions = {},
): Promise<{ log: EventLog; opening: Opening }> => {
  const client = new StoreClient(
    // Whoever calls may have more in its paths, which cannot be handed to a thread.
    { paths: { eventsDb, blobsDir }, lookEveryMs: options.lookEveryMs ?? lookEveryMs },
    {
      onQuarantined: (quarantined) => log.onQuarantined(quarantined),
      onLooked: (failure) => log.looked(failure),
    },
  );
  const opened = await client.open();
  const queue = new WriteQueue(options.maxQueued ?? maxQueued);
  const log: StoredLog = new StoredLog(client, queue, opened, options.timing ?? defaultTiming);
  const state = opened.state === null ? emptyState() : (JSON.parse(opened.state) as State);
  return { log, opening: { state, head: opened.head, quarantined: opened.quarantined } };
};

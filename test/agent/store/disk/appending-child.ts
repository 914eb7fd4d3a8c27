import { writeSync } from 'node:fs';
import { emptyState } from '../../../../agent/model/state.ts';
import { openLog } from '../../../../agent/store/open.ts';
import { sampleHistory } from '../sample-history.ts';

/**
 * A program that appends the sample history to a log for ever and says on stdout up to where it is stored.
 * `appending-child.ts EVENTS_DB BLOBS_DIR`; the test kills it.
 */
const [, , eventsDb = '', blobsDir = ''] = process.argv;
const { log, opening } = await openLog({ eventsDb, blobsDir });
log.onStored = (events) => void writeSync(1, `${events.at(-1)?.seq}\n`);

/** Lets commits keep up, so that one holds tens of events and not thousands. */
const breathe = async (): Promise<void> => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (log.health().queued > 30);
};

for (const event of sampleHistory(Number.MAX_SAFE_INTEGER)) {
  if (event.seq <= opening.head) continue;
  log.append([event]);
  if (event.seq % 7 === 0) log.putBlob(`screen ${event.seq % 100}`);
  if (event.seq % 50 === 0) log.saveCursor('subscriber', event.seq, event.at);
  if (event.seq % 500 === 0) await log.saveSnapshot({ ...emptyState(), seq: event.seq });
  if (event.seq % 10 === 0) await breathe();
  if (event.seq % 1000 === 0) await log.durable();
}

import { failureText, logFailure } from '../failures.ts';
import type { Batch, BlobText, StoreCall, StoreCalls, Stored } from '../messages.ts';
import { readBlob, writeBlob } from './blobs.ts';
import type { Store } from './store.ts';

/** Blobs that cannot be written now must not keep events from being stored: they are reported apart. */
const writeBlobs = (dir: string, blobs: BlobText[]): Pick<Stored, 'blobs' | 'blobFailure'> => {
  for (const [index, blob] of blobs.entries()) {
    try {
      writeBlob(dir, blob, new Date());
    } catch (error) {
      return { blobs: index, blobFailure: failureText(logFailure(error)) };
    }
  }
  return { blobs: blobs.length, blobFailure: null };
};

const commit = (store: Store, batch: Batch): Stored => {
  // Before the events: what an event refers to is then there when the event is.
  const written = writeBlobs(store.blobsDir, batch.blobs);
  store.append(batch);
  return { bytes: store.bytes(), ...written };
};

type Calls = Omit<StoreCalls, 'close'>;

type Handlers = {
  [C in keyof Calls]: (
    store: Store,
    params: Calls[C]['params'],
  ) => Calls[C]['result'] | Promise<Calls[C]['result']>;
};

const handlers: Handlers = {
  commit,
  range: (store, query) => store.reader.range(query),
  read: (store, query) => store.reader.read(query),
  saveSnapshot: (store, snapshot) => {
    store.snapshots.save(snapshot);
    return null;
  },
  snapshotBefore: (store, { at }) => store.snapshots.before(at),
  retain: (store, limits) => store.retain(limits),
  getBlob: (store, { name }) => readBlob(store.blobsDir, name),
};

export const writing: ReadonlySet<StoreCall> = new Set(['commit', 'saveSnapshot', 'retain']);

/** Carries one call out in the store's thread. */
export const carryOut = async <C extends keyof Calls>(
  store: Store,
  call: C,
  params: StoreCalls[C]['params'],
): Promise<StoreCalls[StoreCall]['result']> => handlers[call](store, params);

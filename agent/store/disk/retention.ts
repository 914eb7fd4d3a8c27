import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Retained, RetainLimits } from '../messages.ts';
import type { CursorStore } from './cursors.ts';
import { usedBytes } from './database.ts';
import type { SnapshotStore } from './snapshots.ts';
import { type Sweep, startSweep } from './sweep.ts';

/** Events one transaction deletes, and pages it gives back: small, so that commits are never kept waiting. */
const batchEvents = 500;
const batchPages = 64;

/** A blob is stored before the event that refers to it; by less than this, ms. */
const blobLeadMs = 3_600_000;

/** What retention asks and changes; `upTo` is a `seq`, inclusive. */
const statements = (db: DatabaseSync) => {
  const firstSince = db.prepare(
    'SELECT min(seq) AS seq FROM events INDEXED BY events_at WHERE at >= ?',
  );
  const extent = db.prepare('SELECT min(seq) AS first, max(seq) AS last FROM events');
  const oldest = db.prepare('SELECT min(at) AS at FROM events');
  const remove = db.prepare(
    'DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE seq <= ? ORDER BY seq LIMIT ?)',
  );
  return {
    head: () => Number(extent.get()?.['last'] ?? 0),
    firstSeq: (none: number) => Number(extent.get()?.['first'] ?? none),
    firstSince: (at: number, none: number) => Number(firstSince.get(at)?.['seq'] ?? none),
    oldestAt: (none: number) => Number(oldest.get()?.['at'] ?? none),
    remove: (upTo: number) => Number(remove.run(upTo, batchEvents).changes),
  };
};

type Statements = ReturnType<typeof statements>;

const deleteUpTo = async (events: Statements, seq: number): Promise<number> => {
  let deleted = 0;
  for (let batch = events.remove(seq); batch > 0; batch = events.remove(seq)) {
    deleted += batch;
    await setImmediate();
  }
  return deleted;
};

/** Gives free pages back to the file system a few at a time. */
const shrink = async (db: DatabaseSync): Promise<void> => {
  const free = db.prepare('PRAGMA freelist_count');
  const count = (): number => Number(free.get()?.['freelist_count']);
  for (let left = count(), before = left + 1; left > 0 && left < before; ) {
    db.exec(`PRAGMA incremental_vacuum(${batchPages})`);
    await setImmediate();
    before = left;
    left = count();
  }
};

export interface Keepers {
  cursors: CursorStore;
  snapshots: SnapshotStore;
  blobsDir: string;
}

/** Deletes by age, then by size, from the oldest on, and blobs in step with the events. */
export const retention = (
  db: DatabaseSync,
  { cursors, snapshots, blobsDir }: Keepers,
): ((limits: RetainLimits) => Promise<Retained>) => {
  const events = statements(db);
  const used = usedBytes(db);

  const sweepBlobs = (sweep: Sweep, now: number): void =>
    sweep.deleteBefore(events.oldestAt(now) - blobLeadMs);

  const deleteBySize = async (sweep: Sweep, ceiling: number, limits: RetainLimits) => {
    let deleted = 0;
    while (used() + sweep.bytes() > limits.maxBytes) {
      const batch = events.remove(ceiling);
      if (batch === 0) break;
      deleted += batch;
      sweepBlobs(sweep, limits.now);
      await setImmediate();
    }
    return deleted;
  };

  return async (limits) => {
    // Replay starts at a snapshot and subscribers read on from their cursors: nothing after either goes.
    const snapshot = snapshots.newestSeq();
    const ceiling = Math.min(snapshot, cursors.slowest(limits.now) ?? snapshot);
    const end = Math.max(events.head(), snapshot) + 1;
    const tooOld = events.firstSince(limits.now - limits.maxAgeMs, end) - 1;
    const byAge = await deleteUpTo(events, Math.min(tooOld, ceiling));
    const sweep = await startSweep(blobsDir);
    sweepBlobs(sweep, limits.now);
    const bySize = await deleteBySize(sweep, ceiling, limits);
    const firstSeq = events.firstSeq(end);
    snapshots.deleteBefore(firstSeq);
    await shrink(db);
    return { deleted: byAge + bySize, firstSeq };
  };
};

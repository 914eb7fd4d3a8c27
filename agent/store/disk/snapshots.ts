import type { DatabaseSync } from 'node:sqlite';
import type { SnapshotRow } from '../messages.ts';
import { transaction } from './append.ts';

/** The shape of State this release can read (`State.schema`). */
const stateSchema = 1;

const dayMs = 86_400_000;

export interface SnapshotStore {
  /** Keeps one of each day, UTC: the last. */
  save(snapshot: SnapshotRow): void;
  /** The newest usable one at or before `at`, as JSON. */
  before(at: number): string | null;
  /** `seq` of the newest usable one; 0 when there is none. */
  newestSeq(): number;
  /** Deletes those that replay can no longer start from, because later events are gone. */
  deleteBefore(firstSeq: number): void;
}

/** A snapshot that does not parse must not keep the agent from starting: an older one may. */
export const isUsable = (seq: number, state: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(state);
    if (typeof parsed !== 'object' || parsed === null) return false;
    return (
      'seq' in parsed && parsed.seq === seq && 'schema' in parsed && parsed.schema === stateSchema
    );
  } catch {
    return false;
  }
};

export const snapshotStore = (db: DatabaseSync): SnapshotStore => {
  const save = db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)');
  const thin = db.prepare('DELETE FROM snapshots WHERE seq < ? AND at >= ? AND at < ?');
  const before = db.prepare(
    'SELECT seq, state FROM snapshots WHERE at <= ? AND schema = ? ORDER BY seq DESC',
  );
  const remove = db.prepare('DELETE FROM snapshots WHERE seq < ? AND seq < ?');
  const newest = (at: number): { seq: number; state: string | null } => {
    for (const { seq, state } of before.iterate(at, stateSchema)) {
      if (isUsable(Number(seq), String(state))) return { seq: Number(seq), state: String(state) };
    }
    return { seq: 0, state: null };
  };
  const newestSeq = (): number => newest(Number.MAX_SAFE_INTEGER).seq;
  return {
    save({ seq, at, schema, state }) {
      const midnight = Math.floor(at / dayMs) * dayMs;
      transaction(db, () => {
        save.run(seq, at, schema, state);
        thin.run(seq, midnight, midnight + dayMs);
      });
    },
    before: (at) => newest(at).state,
    newestSeq,
    deleteBefore(firstSeq) {
      remove.run(firstSeq - 1, newestSeq());
    },
  };
};

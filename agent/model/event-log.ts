import type { Event, EventType } from './event.ts';
import type { State } from './state.ts';

/** A damaged or removed database, and how many of its events the fresh one has again. */
export interface Quarantined {
  /** Where it is now; empty when there was nothing left to set aside. */
  file: string;
  reason: string;
  salvaged: number;
}

/** What the store was found to hold when it was opened. */
export interface Opening {
  /** The newest snapshot, or an empty state; fold the events after `state.seq` onto it. */
  state: State;
  /** The greatest `seq` ever stored, as far as known; the next event is `head + 1`. */
  head: number;
  /** Set when a damaged database was set aside and rebuilt. */
  quarantined: Quarantined | null;
}

/** Every given condition must hold. Times are ms since the epoch and inclusive. */
export interface ReadQuery {
  after?: number;
  upTo?: number;
  since?: number;
  until?: number;
  session?: string;
  types?: readonly EventType[];
  limit: number;
}

/** A part of an answer. */
export interface EventPage {
  events: Event[];
  /** There may be more after this `seq`; null: there is not. */
  next: number | null;
}

export interface StoreHealth {
  status: 'ok' | 'degraded';
  /** Empty when ok; else ENOSPC, EROFS, SQLITE_BUSY, log-stalled, log-queue-full, … */
  code: string;
  message: string;
  /** Events waiting in memory for the disk. */
  queued: number;
  /**
   * Events given up since the log was opened. Replay cannot see past such a hole: save a snapshot of the
   * live state once health is ok again.
   */
  dropped: number;
  storedSeq: number;
  /** Space the database uses, without free pages, bytes. */
  bytes: number;
}

/**
 * The log of events. One writer. `append` never blocks and never throws: events are queued and committed
 * once per tick by a thread of its own, so a slow or full disk stops neither detection nor the watchdog.
 */
export interface EventLog {
  /** Events whose `seq` is not greater than the last one's are a mistake of the caller: counted as dropped. */
  append(events: readonly Event[]): void;
  /** Resolves when everything appended so far is on disk (fsync); rejects LogFailure when it cannot be now. */
  durable(): Promise<void>;
  /** Stored events in `seq` order; fewer than `limit` means there are no more. */
  read(query: ReadQuery): Promise<Event[]>;
  /** The same, as far as about `maxBytes` of JSON. */
  readPage(query: ReadQuery, maxBytes: number): Promise<EventPage>;
  /** The newest snapshot at or before `at` (ms since the epoch). */
  snapshotBefore(at: number): Promise<State | null>;
  /**
   * Resolves once it is stored, which is never before the events it is the fold of; rejects LogFailure when it
   * cannot be now. It does not wait in memory, where it would be the largest thing by far.
   */
  saveSnapshot(state: State): Promise<void>;
  /**
   * Deletes what is older or larger than allowed, never past the newest snapshot or the cursor of a
   * subscriber seen within seven days. `maxBytes` covers database and blobs.
   */
  retain(limits: {
    maxAgeMs: number;
    maxBytes: number;
    now: number;
  }): Promise<{ deleted: number; firstSeq: number }>;
  /**
   * Queues a text for storage under its SHA-256 (hex, returned at once); the same text is stored once.
   * Of a longer text the last 64 KiB are kept.
   */
  putBlob(text: string): string;
  getBlob(name: string): Promise<string | null>;
  saveCursor(subscriber: string, seq: number, now: number): void;
  health(): StoreHealth;
  /** Called after each commit with the events it stored, in order; and on each change of health. */
  onStored: (events: readonly Event[]) => void;
  onHealth: (health: StoreHealth) => void;
  /** Called when the database proved damaged while in use, or was removed, and a fresh one took its place. */
  onQuarantined: (quarantined: Quarantined) => void;
  /** Stores what still waits and lets go of the files; rejects LogFailure when events were lost by it. */
  close(): Promise<void>;
}

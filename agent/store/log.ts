import type { Event, EventType } from '../model/event.ts';
import type { State } from '../model/state.ts';

/** What the store was found to hold when it was opened. */
export interface Opening {
  /** The newest snapshot, or an empty state; fold the events after `state.seq` onto it. */
  state: State;
  head: number;
  /** Set when a damaged database was set aside and rebuilt. */
  quarantined: { file: string; reason: string; salvaged: number } | null;
}

export interface ReadQuery {
  after?: number;
  upTo?: number;
  since?: number;
  until?: number;
  session?: string;
  types?: readonly EventType[];
  limit: number;
}

export interface StoreHealth {
  status: 'ok' | 'degraded';
  code: string;
  message: string;
  /** Events waiting in memory for the disk. */
  queued: number;
  dropped: number;
  storedSeq: number;
  bytes: number;
}

/**
 * The log of events. One writer. `append` never blocks and never throws: events are queued and committed
 * once per tick by a thread of its own, so a slow or full disk stops neither detection nor the watchdog.
 */
export interface EventLog {
  append(events: readonly Event[]): void;
  /** Resolves when everything appended so far is on disk (fsync); rejects LogFailure when it cannot be now. */
  durable(): Promise<void>;
  read(query: ReadQuery): Promise<Event[]>;
  /** The newest snapshot at or before `at` (ms since the epoch). */
  snapshotBefore(at: number): Promise<State | null>;
  saveSnapshot(state: State): Promise<void>;
  /** Deletes what is older or larger than allowed, never past the cursor of a live subscriber. */
  retain(limits: {
    maxAgeMs: number;
    maxBytes: number;
    now: number;
  }): Promise<{ deleted: number; firstSeq: number }>;
  /** Queues a text for storage under its SHA-256 (hex, returned at once); the same text is stored once. */
  putBlob(text: string): string;
  getBlob(name: string): Promise<string | null>;
  saveCursor(subscriber: string, seq: number, now: number): void;
  health(): StoreHealth;
  /** Called after each commit with the events it made durable, in order; and on each change of health. */
  onStored: (events: readonly Event[]) => void;
  onHealth: (health: StoreHealth) => void;
  close(): Promise<void>;
}

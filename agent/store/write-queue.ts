import type { Event } from '../model/event.ts';
import type { Batch, BlobText, CursorRow, EventRow } from './messages.ts';
import { subjectOf } from './subject.ts';

/** What may wait in memory: minutes of a busy machine whose disk is full, or hours of a quiet one. */
export const maxQueued = { events: 20_000, bytes: 32 * 1024 * 1024 };

/** Far past the 8 KiB of law 2: a mistake that must not cost the store's thread its memory. */
const maxRowBytes = 1024 * 1024;

/** One transaction: small enough to fit where space is scarce, and to keep both threads' memory small. */
const maxBatch = { events: 1000, bytes: 512 * 1024, blobs: 8 };

const rowOf = (event: Event): EventRow => ({
  seq: event.seq,
  at: event.at,
  type: event.type,
  ...subjectOf(event),
  body: JSON.stringify(event),
});

/** Actions and intents must be on disk before what they announce is done (law 7 of the log). */
const needsSync = ({ type }: EventRow): boolean =>
  type.startsWith('action.') || type.startsWith('intent.');

interface Waiting {
  event: Event;
  row: EventRow;
  /** Of the row's body, as UTF-8. */
  bytes: number;
}

interface WaitingBlob {
  text: string;
  bytes: number;
}

/**
 * What waits for the disk, in order and within `maxQueued`. Past that the newest events are given up, until
 * half of the room is free again: one gap that can be named instead of a sieve.
 */
export class WriteQueue {
  #events: Waiting[] = [];
  readonly #blobs = new Map<string, WaitingBlob>();
  readonly #cursors = new Map<string, CursorRow>();
  readonly #limits: typeof maxQueued;
  #bytes = 0;
  #overflowing = false;
  #dropped = 0;
  #blobsHeld = false;

  constructor(limits = maxQueued) {
    this.#limits = limits;
  }

  /** Events given up so far. */
  get dropped(): number {
    return this.#dropped;
  }

  get blobsHeld(): boolean {
    return this.#blobsHeld;
  }

  get events(): number {
    return this.#events.length;
  }

  /** `seq` of the oldest event that waits; Infinity when none does. */
  get firstSeq(): number {
    return this.#events[0]?.row.seq ?? Number.POSITIVE_INFINITY;
  }

  /** True when the next batch would hold something. */
  get isReady(): boolean {
    const blobs = this.#blobsHeld ? 0 : this.#blobs.size;
    return this.#events.length + this.#cursors.size + blobs > 0;
  }

  /** True while events are being given up. */
  get isOverflowing(): boolean {
    return this.#overflowing;
  }

  /** False when there is no room, or it is far too large: the event is counted and given up. */
  push(event: Event): boolean {
    const row = rowOf(event);
    const bytes = Buffer.byteLength(row.body);
    if (bytes > maxRowBytes || !this.#hasRoom(bytes)) {
      this.refuse();
      return false;
    }
    this.#events.push({ event, row, bytes });
    this.#bytes += bytes;
    return true;
  }

  /** Counts an event that is not taken. */
  refuse(): void {
    this.#dropped += 1;
  }

  /** A blob that finds no room is given up without a count: the events say what happened. */
  pushBlob(name: string, text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.#blobs.has(name) || this.#bytes + bytes > this.#limits.bytes) return;
    this.#blobs.set(name, { text, bytes });
    this.#bytes += bytes;
  }

  /** Keeps blobs out of the batches while their directory takes none: events do not wait for them. */
  holdBlobs(): void {
    this.#blobsHeld = true;
  }

  releaseBlobs(): void {
    this.#blobsHeld = false;
  }

  /** Only the newest position of each subscriber matters. */
  pushCursor(cursor: CursorRow): void {
    this.#cursors.set(cursor.subscriber, cursor);
  }

  blob(name: string): string | undefined {
    return this.#blobs.get(name)?.text;
  }

  /** The oldest of what waits, as one transaction. It keeps waiting until it is settled. */
  batch({ sync }: { sync: boolean }): Batch {
    const rows = this.#firstRows();
    return {
      rows,
      cursors: [...this.#cursors.values()],
      blobs: this.#firstBlobs(),
      full: sync || rows.some(needsSync),
    };
  }

  /** Removes what of a batch is stored now; the events among it. */
  settle(batch: Batch, blobs: number): Event[] {
    const stored = this.#events.splice(0, batch.rows.length);
    for (const { bytes } of stored) this.#bytes -= bytes;
    for (const cursor of batch.cursors) {
      if (this.#cursors.get(cursor.subscriber) === cursor) this.#cursors.delete(cursor.subscriber);
    }
    for (const { name } of batch.blobs.slice(0, blobs)) {
      this.#bytes -= this.#blobs.get(name)?.bytes ?? 0;
      this.#blobs.delete(name);
    }
    if (this.#isHalfFree()) this.#overflowing = false;
    return stored.map(({ event }) => event);
  }

  #firstBlobs(): BlobText[] {
    if (this.#blobsHeld) return [];
    const first = [...this.#blobs].slice(0, maxBatch.blobs);
    return first.map(([name, { text }]) => ({ name, text }));
  }

  #firstRows(): EventRow[] {
    const rows: EventRow[] = [];
    let total = 0;
    for (const { row, bytes } of this.#events) {
      total += bytes;
      if (rows.length === maxBatch.events || (rows.length > 0 && total > maxBatch.bytes)) break;
      rows.push(row);
    }
    return rows;
  }

  #hasRoom(bytes: number): boolean {
    const { events, bytes: maxBytes } = this.#limits;
    if (this.#events.length >= events || this.#bytes + bytes > maxBytes) this.#overflowing = true;
    return !this.#overflowing;
  }

  #isHalfFree(): boolean {
    return this.#events.length <= this.#limits.events / 2 && this.#bytes <= this.#limits.bytes / 2;
  }
}

import type { Quarantined, ReadQuery } from '../model/event-log.ts';
import type { LogFailure } from '../model/failure.ts';
import type { FailureText } from './failures.ts';

/** What passes between the agent's thread and the store's: plain data, events and states as JSON text. */

export interface StorePaths {
  eventsDb: string;
  blobsDir: string;
}

/** What the store's thread is started with. */
export interface StoreStart {
  paths: StorePaths;
  /** How often it looks whether the log is where it was when nothing is written, ms. */
  lookEveryMs: number;
}

/** What the store's thread says without being asked. */
export interface StoreListener {
  onQuarantined(quarantined: Quarantined): void;
  /** Null when the log is where it was. */
  onLooked(failure: LogFailure | null): void;
}

export interface EventRow {
  seq: number;
  at: number;
  type: string;
  session: string | null;
  life: string | null;
  /** The whole event as JSON. */
  body: string;
}

export interface SnapshotRow {
  seq: number;
  at: number;
  schema: number;
  /** The state as JSON. */
  state: string;
}

export interface CursorRow {
  subscriber: string;
  seq: number;
  at: number;
}

export interface BlobText {
  name: string;
  text: string;
}

/** One transaction; `full` asks for an fsync that covers it and all before it. */
export interface Batch {
  rows: EventRow[];
  cursors: CursorRow[];
  blobs: BlobText[];
  full: boolean;
}

/** Rows and cursors are stored; of the blobs, the first `blobs`. */
export interface Stored {
  bytes: number;
  blobs: number;
  blobFailure: FailureText | null;
}

/** The events with `after < seq <= upTo`. */
export interface SeqRange {
  after: number;
  upTo: number;
}

/** One bounded part of an answer: read on after `next`; null when there is no more. */
export interface Chunk {
  bodies: string[];
  next: number | null;
}

export interface RetainLimits {
  maxAgeMs: number;
  maxBytes: number;
  now: number;
}

export interface Retained {
  deleted: number;
  firstSeq: number;
}

export interface StoreCalls {
  commit: { params: Batch; result: Stored };
  range: { params: ReadQuery; result: SeqRange };
  read: { params: ReadQuery & SeqRange; result: Chunk };
  saveSnapshot: { params: SnapshotRow; result: null };
  snapshotBefore: { params: { at: number }; result: string | null };
  retain: { params: RetainLimits; result: Retained };
  getBlob: { params: { name: string }; result: string | null };
  close: { params: null; result: null };
}

export type StoreCall = keyof StoreCalls;

export type Request = {
  [C in StoreCall]: { id: number; call: C; params: StoreCalls[C]['params'] };
}[StoreCall];

export interface Opened {
  /** The newest usable snapshot. */
  state: string | null;
  head: number;
  bytes: number;
  quarantined: Quarantined | null;
}

export type Reply =
  | { kind: 'opened'; opened: Opened }
  | { kind: 'refused'; failure: FailureText }
  | { kind: 'quarantined'; quarantined: Quarantined }
  | { kind: 'looked'; failure: FailureText | null }
  | { kind: 'result'; id: number; result: StoreCalls[StoreCall]['result'] }
  | { kind: 'failure'; id: number; failure: FailureText };

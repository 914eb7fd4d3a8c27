import type { Event } from '../model/event.ts';
import { LogFailure } from '../model/failure.ts';
import { fromText, logFailure } from './failures.ts';
import type { Batch, Stored } from './messages.ts';
import { logClosed, queueFull, stalled, type Troubles } from './trouble.ts';
import { Waiters } from './waiters.ts';
import type { WriteQueue } from './write-queue.ts';

/** Delays, ms. */
export interface Timing {
  /** Before a failed commit is tried again; doubled each time up to `lastRetry`. */
  firstRetry: number;
  lastRetry: number;
  /** How long a commit may take before the log says that the disk is stalled. */
  stall: number;
}

export const defaultTiming: Timing = { firstRetry: 100, lastRetry: 5000, stall: 5000 };

export interface CommitParts {
  queue: WriteQueue;
  troubles: Troubles;
  timing: Timing;
  /** Stores one batch as one transaction; rejects LogFailure. */
  commit(batch: Batch): Promise<Stored>;
  onStored(events: readonly Event[]): void;
}

/**
 * Commits what waits in a queue: all of one tick, or of the time the previous commit took, as one transaction.
 * After a failure it tries again, later and later, with the same events in the same order.
 */
export class GroupCommit {
  readonly #parts: CommitParts;
  readonly #waiters = new Waiters();
  #busy = false;
  #scheduled = false;
  /** True between a failure and the next attempt. */
  #backingOff = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #syncedSeq = 0;
  storedSeq: number;
  bytes: number;

  constructor(parts: CommitParts, start: { head: number; bytes: number }) {
    this.#parts = parts;
    this.storedSeq = start.head;
    this.bytes = start.bytes;
  }

  /** Commits soon what was queued. */
  kick(): void {
    if (this.#busy || this.#scheduled || this.#backingOff || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#run();
    });
  }

  /** Resolves when all up to `seq` is stored and synced; tries at once, and rejects LogFailure if that fails. */
  synced(seq: number): Promise<void> {
    return this.#when(true, () => this.#syncedSeq >= seq);
  }

  /** Resolves when `isMet` holds after a commit; rejects LogFailure when one fails. */
  stored(isMet: () => boolean): Promise<void> {
    return this.#when(false, isMet);
  }

  /** Ends it: what still waits is not tried again. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  #when(sync: boolean, isMet: () => boolean): Promise<void> {
    const { events } = this.#parts.troubles;
    if (this.#stopped) return Promise.reject(logClosed());
    if (events?.code === 'log-stalled') return Promise.reject(events);
    const promise = this.#waiters.add(sync, isMet);
    this.#tryNow();
    return promise;
  }

  #tryNow(): void {
    clearTimeout(this.#retry);
    this.#backingOff = false;
    this.#parts.queue.blobsHeld = false;
    this.kick();
  }

  async #run(): Promise<void> {
    const { queue } = this.#parts;
    this.#busy = true;
    while (!this.#backingOff && (queue.isReady || this.#waiters.needSync)) {
      const batch = queue.batch(this.#waiters.needSync);
      const outcome = await this.#attempt(batch);
      if (outcome instanceof LogFailure) this.#fail(outcome);
      else this.#succeed(batch, outcome);
    }
    this.#busy = false;
  }

  async #attempt(batch: Batch): Promise<Stored | LogFailure> {
    const { stall } = this.#parts.timing;
    const timer = setTimeout(() => this.#giveUpWaiting(stalled(stall)), stall);
    try {
      return await this.#parts.commit(batch);
    } catch (error) {
      return logFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #giveUpWaiting(failure: LogFailure): void {
    this.#parts.troubles.events = failure;
    this.#waiters.rejectAll(failure);
  }

  #fail(failure: LogFailure): void {
    this.#backingOff = true;
    this.#retryLater();
    this.#giveUpWaiting(failure);
  }

  #retryLater(): void {
    if (this.#stopped) return;
    const { firstRetry, lastRetry } = this.#parts.timing;
    const delay = Math.min(lastRetry, firstRetry * 2 ** this.#failures);
    this.#failures += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#tryNow(), delay);
  }

  #succeed(batch: Batch, stored: Stored): void {
    const { queue, troubles, onStored } = this.#parts;
    const events = queue.settle(batch, stored.blobs);
    this.storedSeq = events.at(-1)?.seq ?? this.storedSeq;
    if (batch.full) this.#syncedSeq = this.storedSeq;
    this.bytes = stored.bytes;
    troubles.events = queue.isOverflowing ? queueFull() : null;
    this.#settleBlobs(stored);
    this.#waiters.resolveMet();
    if (events.length > 0) onStored(events);
  }

  #settleBlobs({ blobFailure }: Stored): void {
    const { queue, troubles } = this.#parts;
    if (blobFailure) {
      queue.blobsHeld = true;
      this.#retryLater();
      troubles.blobs = fromText(blobFailure);
    } else if (!queue.blobsHeld) {
      this.#failures = 0;
      troubles.blobs = null;
    }
  }
}

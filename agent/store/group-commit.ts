import type { Event } from '../model/event.ts';
import { LogFailure } from '../model/failure.ts';
import { fromText, logFailure } from './failures.ts';
import { logClosed, queueFull, stalled } from './log-failures.ts';
import type { Batch, Stored } from './messages.ts';
import { createRetry, type Retry } from './retry.ts';
import type { Troubles } from './troubles.ts';
import { type Condition, Waiters } from './waiters.ts';
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
  readonly #eventRetry: Retry;
  readonly #blobRetry: Retry;
  #busy = false;
  #scheduled = false;
  /** True between a failure and the next attempt. */
  #backingOff = false;
  #stopped = false;
  #syncedSeq = 0;
  #storedSeq: number;
  #bytes: number;

  constructor(parts: CommitParts, start: { head: number; bytes: number }) {
    const pace = { first: parts.timing.firstRetry, longest: parts.timing.lastRetry };
    this.#parts = parts;
    this.#eventRetry = createRetry(pace, () => this.#tryNow());
    this.#blobRetry = createRetry(pace, () => this.#tryBlobs());
    this.#storedSeq = start.head;
    this.#bytes = start.bytes;
  }

  get storedSeq(): number {
    return this.#storedSeq;
  }

  /** Space the database used at the last commit. */
  get bytes(): number {
    return this.#bytes;
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
    return this.#when({ sync: true, isMet: () => this.#syncedSeq >= seq });
  }

  /** Resolves when `isMet` holds after a commit; rejects LogFailure when one fails. */
  stored(isMet: () => boolean): Promise<void> {
    return this.#when({ sync: false, isMet });
  }

  /** Resolves when nothing waits any more but blobs that were tried in vain; rejects LogFailure. */
  flush(): Promise<void> {
    const { queue } = this.#parts;
    queue.releaseBlobs();
    return this.stored(() => !queue.isReady);
  }

  /** Ends it: what still waits is not tried again. */
  stop(): void {
    this.#stopped = true;
    this.#eventRetry.cancel();
    this.#blobRetry.cancel();
  }

  #when(condition: Condition): Promise<void> {
    const { events } = this.#parts.troubles;
    if (this.#stopped) return Promise.reject(logClosed());
    if (events?.code === 'log-stalled') return Promise.reject(events);
    const promise = this.#waiters.add(condition);
    this.#tryNow();
    return promise;
  }

  #tryNow(): void {
    this.#eventRetry.cancel();
    this.#backingOff = false;
    this.kick();
  }

  #tryBlobs(): void {
    this.#parts.queue.releaseBlobs();
    this.kick();
  }

  get #hasWork(): boolean {
    if (this.#backingOff || this.#stopped) return false;
    return this.#parts.queue.isReady || this.#waiters.needSync;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#hasWork) await this.#commitNext();
    } finally {
      this.#busy = false;
    }
  }

  async #commitNext(): Promise<void> {
    const batch = this.#parts.queue.batch({ sync: this.#waiters.needSync });
    const outcome = await this.#attempt(batch);
    if (outcome instanceof LogFailure) this.#fail(outcome);
    else this.#succeed(batch, outcome);
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
    this.#parts.troubles.report('events', failure);
    this.#waiters.rejectAll(failure);
  }

  /**
   * Also tries again what is not retryable: a log that diverged is in its place again when the disk mounted over
   * it is gone, and until then the events would only wait.
   */
  #fail(failure: LogFailure): void {
    this.#backingOff = true;
    if (!this.#stopped) this.#eventRetry.later();
    this.#giveUpWaiting(failure);
  }

  #succeed(batch: Batch, stored: Stored): void {
    const { queue, troubles } = this.#parts;
    const events = queue.settle(batch, stored.blobs);
    this.#storedSeq = events.at(-1)?.seq ?? this.#storedSeq;
    if (batch.full) this.#syncedSeq = this.#storedSeq;
    this.#bytes = stored.bytes;
    this.#eventRetry.reset();
    troubles.report('events', queue.isOverflowing ? queueFull() : null);
    // What is stored is in its place.
    troubles.report('place', null);
    this.#settleBlobs(batch, stored);
    this.#waiters.resolveMet();
    if (events.length > 0) this.#tell(events);
  }

  #settleBlobs(batch: Batch, { blobFailure }: Stored): void {
    const { queue, troubles } = this.#parts;
    if (blobFailure) {
      queue.holdBlobs();
      if (!this.#stopped) this.#blobRetry.later();
      troubles.report('blobs', fromText(blobFailure));
    } else if (batch.blobs.length > 0) {
      this.#blobRetry.reset();
      troubles.report('blobs', null);
    }
  }

  /** The events are stored, whatever becomes of those who are told: a mistake of theirs must not stop commits. */
  #tell(events: readonly Event[]): void {
    try {
      this.#parts.onStored(events);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

import type { Quarantined } from '../../model/event-log.ts';
import { LogFailure } from '../../model/failure.ts';
import { logFailure } from '../failures.ts';
import { diverged } from '../log-failures.ts';
import type { Opened, StorePaths } from '../messages.ts';
import { bringBack } from './damage/bring-back.ts';
import { findLoss, type Held, hold, noteLength } from './damage/hold.ts';
import { keepLog } from './damage/kept-log.ts';
import { identityOf } from './file-identity.ts';
import { type OpenStore, openForReading, openOrRebuild, type Store } from './store.ts';
import { createWriterLock, type WriterLock } from './writer-lock.ts';

/** What a disk says that takes no writes now and may again. */
const refusals = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'SQLITE_IOERR']);

/** The store in use, which another takes the place of when its database proves damaged or was removed. */
export class LiveStore {
  readonly #paths: StorePaths;
  readonly #onQuarantined: (quarantined: Quarantined) => void;
  readonly #lock: WriterLock;
  #held: Held | null = null;
  /** Answers reads until the disk takes writes. */
  #standIn: Held | null = null;
  /** The last `seq` this run read from a stand-in; null when it needed none, or needs it no more. */
  #knownHead: number | null = null;

  constructor(paths: StorePaths, onQuarantined: (quarantined: Quarantined) => void) {
    this.#paths = paths;
    this.#onQuarantined = onQuarantined;
    this.#lock = createWriterLock(paths);
  }

  /** Where the disk takes no writes it opens what can be read. @throws LogFailure */
  open(): Opened {
    try {
      this.#holdLock();
      return this.#open(null).opened;
    } catch (error) {
      const failure = logFailure(error);
      if (!refusals.has(failure.code)) throw failure;
      return this.#openStandIn(failure);
    }
  }

  /** What is read was written by this run or known to it, even where the name leads elsewhere by now. */
  forReading(): Store {
    return this.#standIn?.store ?? this.#held?.store ?? this.forWriting();
  }

  /** @throws LogFailure while it cannot be written */
  forWriting(): Store {
    this.#holdLock();
    if (this.#held) this.#mend(this.#held);
    if (this.#standIn && this.#isRemoved(this.#standIn)) this.#bringBack(this.#standIn);
    return this.#held?.store ?? this.#use(null);
  }

  /** To be called after a write, so that what is cut from it is noticed at the next. */
  noteWritten(): void {
    if (this.#held) noteLength(this.#held, this.#paths.eventsDb);
  }

  /** @throws LogFailure when it cannot be done now; the next call tries to open the database again */
  rebuild(damage: LogFailure): void {
    this.#holdLock();
    keepLog(this.#paths.eventsDb);
    this.#close();
    this.#use(damage);
  }

  close(): void {
    try {
      // What was removed a moment ago is lost when the last who has it open lets go.
      if (this.#held && findLoss(this.#held, this.#paths.eventsDb)) this.forWriting();
    } catch {
      // The agent ends all the same.
    }
    this.#close();
    this.#closeStandIn();
    this.#lock.release();
  }

  #close(): void {
    this.#held?.store.close();
    this.#held = null;
  }

  /** Who had the lock meanwhile may have written events with numbers that ours have too. */
  #holdLock(): void {
    this.#lock.hold(() => {
      if (this.#held?.store.isChangedByOthers()) throw diverged();
    });
  }

  #openStandIn(refusal: LogFailure): Opened {
    try {
      const { store, opened } = openForReading(this.#paths);
      this.#standIn = hold(store, this.#paths.eventsDb);
      this.#knownHead ??= opened.head;
      return opened;
    } catch {
      throw refusal;
    }
  }

  #open(damage: LogFailure | null): OpenStore {
    const standIn = this.#standIn;
    // One process has one index of a write-ahead log: while a stand-in has it read-only, no other can write.
    const isInTheWay = standIn !== null && standIn.database !== '' && this.#isInPlace(standIn);
    if (isInTheWay) this.#closeStandIn();
    try {
      const open = this.#openSameLog(damage);
      this.#closeStandIn();
      this.#knownHead = null;
      this.#held = hold(open.store, this.#paths.eventsDb);
      return open;
    } catch (error) {
      if (isInTheWay) this.#openStandIn(logFailure(error));
      throw error;
    }
  }

  /** @throws LogFailure `log-diverged` when it is not the one a stand-in was read from */
  #openSameLog(damage: LogFailure | null): OpenStore {
    const open = openOrRebuild(this.#paths, Date.now(), damage);
    if (this.#knownHead === null || isSameLog(this.#knownHead, open.opened)) return open;
    open.store.close();
    // Nor is it ours to keep another from.
    this.#lock.release();
    throw diverged();
  }

  #closeStandIn(): void {
    this.#standIn?.store.close();
    this.#standIn = null;
  }

  #use(damage: LogFailure | null): Store {
    const { store, opened } = this.#open(damage);
    if (opened.quarantined) this.#onQuarantined(opened.quarantined);
    return store;
  }

  #mend(held: Held): void {
    const loss = findLoss(held, this.#paths.eventsDb);
    if (loss === 'removed') this.#bringBack(held);
    if (loss === 'shortened') this.rebuild(cutShort());
  }

  #bringBack(held: Held): void {
    this.#onQuarantined(bringBack(held, this.#paths.eventsDb, Date.now()));
    this.#close();
    this.#use(null);
  }

  #isInPlace({ database }: Held): boolean {
    return identityOf(this.#paths.eventsDb) === database;
  }

  /** False of a stand-in for a log there never was. */
  #isRemoved({ database }: Held): boolean {
    return database !== '' && identityOf(this.#paths.eventsDb) === '';
  }
}

const cutShort = (): LogFailure => new LogFailure('log-damaged', 'it was cut short while in use');

/** What a rebuild could not read is missing and was told of; anything else that is missing means another log. */
const isSameLog = (known: number, { head, quarantined }: Opened): boolean =>
  quarantined ? head <= known : head === known;

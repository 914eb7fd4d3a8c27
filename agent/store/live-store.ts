import type { Quarantined } from '../model/event-log.ts';
import { LogFailure } from '../model/failure.ts';
import { bringBack, identityOf } from './bring-back.ts';
import { logFailure } from './failures.ts';
import { lockFile } from './lock.ts';
import type { Opened, StorePaths } from './messages.ts';
import { lockStore, openForReading, openOrRebuild, type Store } from './store.ts';

/** What a disk says that takes no writes now and may again. */
const refusals = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'SQLITE_IOERR']);

const diverged = (): LogFailure =>
  new LogFailure(
    'log-diverged',
    'the log that is there now holds events this run does not know; restart the agent to go on with it',
  );

/** The store in use, which another takes the place of when its database proves damaged or was removed. */
export class LiveStore {
  readonly #paths: StorePaths;
  readonly #onQuarantined: (quarantined: Quarantined) => void;
  #lock: ReturnType<typeof lockStore> | null = null;
  #store: Store | null = null;
  /** Answers reads until the disk takes writes. */
  #standIn: Store | null = null;
  #identity = '';
  #lockIdentity = '';

  constructor(paths: StorePaths, onQuarantined: (quarantined: Quarantined) => void) {
    this.#paths = paths;
    this.#onQuarantined = onQuarantined;
  }

  /** Where the disk takes no writes it opens what can be read. @throws LogFailure */
  open(): Opened {
    try {
      return this.#open(null);
    } catch (error) {
      const failure = logFailure(error);
      if (!refusals.has(failure.code)) throw failure;
      const { store, opened } = openForReading(this.#paths);
      this.#standIn = store;
      return opened;
    }
  }

  forReading(): Store {
    return this.#standIn ?? this.forWriting();
  }

  /** @throws LogFailure while it cannot be written */
  forWriting(): Store {
    const { eventsDb } = this.#paths;
    if (this.#store && identityOf(eventsDb) !== this.#identity) this.#bringBack(this.#store);
    return this.#store ?? this.#use(null);
  }

  /** @throws LogFailure when it cannot be done now; the next call tries to open the database again */
  rebuild(damage: LogFailure): void {
    this.#close();
    this.#use(damage);
  }

  close(): void {
    this.#close();
    this.#standIn?.close();
    this.#lock?.close();
  }

  #close(): void {
    this.#store?.close();
    this.#store = null;
  }

  #open(damage: LogFailure | null): Opened {
    if (!this.#lock) this.#takeLock();
    const { store, opened } = openOrRebuild(this.#paths, Date.now(), damage);
    if (this.#standIn && opened.head > this.#standIn.head()) {
      store.close();
      throw diverged();
    }
    this.#standIn?.close();
    this.#standIn = null;
    this.#store = store;
    this.#identity = identityOf(this.#paths.eventsDb);
    return opened;
  }

  #use(damage: LogFailure | null): Store {
    const { quarantined } = this.#open(damage);
    if (quarantined) this.#onQuarantined(quarantined);
    return this.#store as Store;
  }

  #bringBack(store: Store): void {
    this.#lockAgain();
    const quarantined = bringBack(store, this.#paths.eventsDb, Date.now());
    this.#close();
    this.#use(null);
    this.#onQuarantined(quarantined);
  }

  /** The lock may have gone with its directory, and without it another may write. */
  #lockAgain(): void {
    if (identityOf(lockFile(this.#paths.eventsDb)) === this.#lockIdentity) return;
    const lost = this.#lock;
    this.#takeLock();
    lost?.close();
  }

  #takeLock(): void {
    this.#lock = lockStore(this.#paths);
    this.#lockIdentity = identityOf(lockFile(this.#paths.eventsDb));
  }
}

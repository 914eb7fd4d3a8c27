import { randomFillSync } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { isFull } from './database.ts';

/** What some hundred alerts need; a quarter of what a person misses least. Bytes. */
const reserveBytes = 4 * 1024 * 1024;

/**
 * Room on the disk for the alert that says that the disk is full: a file that holds nothing, and gives way.
 * It is random, so that no file system stores it as less.
 */
export interface Reserve {
  /** Takes the room again, where there is room. */
  hold(): void;
  /** Gives it up. @returns whether there was any */
  release(): boolean;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

export const createReserve = (file: string): Reserve => ({
  hold(): void {
    if (sizeOf(file) === reserveBytes) return;
    try {
      writeFileSync(file, randomFillSync(Buffer.alloc(reserveBytes)), { mode: 0o600 });
    } catch {
      // Half of it would only be in the way.
      rmSync(file, { force: true });
    }
  },
  release(): boolean {
    const held = sizeOf(file) > 0;
    rmSync(file, { force: true });
    return held;
  },
});

/** Does it once more where the disk was full and the reserve can give way. @throws what `work` throws */
export const withReserve = <T>(reserve: Reserve, work: () => T): T => {
  try {
    return work();
  } catch (cause) {
    if (!isFull(cause) || !reserve.release()) throw cause;
    return work();
  }
};

/** For an outbox that has none. */
export const noReserve: Reserve = { hold: () => undefined, release: () => false };

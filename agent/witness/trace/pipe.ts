import { readSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../../model/failure.ts';
import { monotonicNow } from '../clock.ts';
import type { SystemCalls } from '../system-calls.ts';

/** The kernel hands out at most two pages of text at a time (`struct trace_seq`). */
export const mostAtOnce = 16 * 1024;

/** What is there to be read now, or a part of it, is put into `buffer`. The descriptor never waits. @returns bytes; 0: nothing */
export const readPiece = (fd: number, buffer: Buffer, offset = 0): number => {
  try {
    return readSync(fd, buffer, offset, buffer.length - offset, null);
  } catch (cause) {
    if (codeOf(cause) === 'EAGAIN') return 0;
    throw cause;
  }
};

/** A read that brings less than this has brought all there was, bytes: a record has a few hundred. */
const wholeBytes = 2048;

/** Somebody who asks has so many read for him out of turn. */
const mostPieces = 8;

export interface Stream {
  /** Resolves when nobody waits on it any more, or rejects with why it cannot be read. */
  readonly ended: Promise<void>;
  /** Does not wait for its turn: hands on what is there now, or a part of it where somebody floods it. */
  readNow(): void;
  /** All that the kernel had recorded by then was handed on, ms on the monotonic clock. */
  readUntil(): number;
  stop(): void;
}

/**
 * Hands on what comes, as it comes. After each piece of work comes a pause as long: a flood that somebody causes must
 * not take a processor, least of all with real-time priority. What the kernel cannot keep meanwhile it counts as lost.
 * @param take is waited for before more is read; the chunk is its own until it returns
 */
export const follow = (
  fd: number,
  calls: Pick<SystemCalls, 'poll' | 'eventfd'>,
  take: (chunk: Buffer) => Promise<void> | undefined,
): Stream => {
  const stopFd = calls.eventfd();
  const buffer = Buffer.alloc(mostAtOnce);
  let stopped = false;
  /** Before it was read for the first time nothing is known. */
  let emptyAt = 0;

  const readOn = (): { isAll: boolean; taken: Promise<void> | undefined } => {
    const startedAt = monotonicNow();
    const bytes = readPiece(fd, buffer);
    const isAll = bytes < wholeBytes;
    if (isAll) emptyAt = startedAt;
    return { isAll, taken: take(buffer.subarray(0, bytes)) };
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      await calls.poll(fd, stopFd);
      if (stopped) return;
      const startedAt = monotonicNow();
      const { taken } = readOn();
      const worked = monotonicNow() - startedAt;
      await taken;
      await wait(Math.max(1, worked));
    }
  };
  return {
    ended: run(),
    readNow(): void {
      for (let i = 0; i < mostPieces && !readOn().isAll; i += 1);
    },
    readUntil: () => emptyAt,
    stop() {
      stopped = true;
      writeSync(stopFd, Buffer.from(BigUint64Array.of(1n).buffer));
    },
  };
};

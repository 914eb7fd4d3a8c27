import { readSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SystemCalls } from '../system-calls.ts';

/** The kernel hands out at most two pages of text at a time (`struct trace_seq`). */
const chunkBytes = 64 * 1024;

/** What is there to be read now, at most so many chunks. The descriptor never waits. @returns whether there is more */
export const drain = (
  fd: number,
  take: (chunk: Buffer) => void,
  mostChunks: number,
  breathe: () => void = () => undefined,
): boolean => {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let i = 0; i < mostChunks; i += 1) {
    let bytes = 0;
    try {
      bytes = readSync(fd, chunk, 0, chunkBytes, null);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EAGAIN') throw cause;
    }
    if (bytes === 0) return false;
    take(Buffer.from(chunk.subarray(0, bytes)));
    breathe();
  }
  return true;
};

export interface Stream {
  /** Resolves when nobody waits on it any more, or rejects with why it cannot be read. */
  readonly ended: Promise<void>;
  stop(): void;
}

/**
 * Hands on what comes, as it comes. After each piece of work comes a pause as long: a flood that somebody causes must
 * not take a processor, least of all with real-time priority. What the kernel cannot keep meanwhile it counts as lost.
 */
export const follow = (
  fd: number,
  calls: Pick<SystemCalls, 'poll' | 'eventfd'>,
  take: (chunk: Buffer) => void,
  onPause: () => void,
): Stream => {
  const stopFd = calls.eventfd();
  let stopped = false;
  const run = async (): Promise<void> => {
    while (!stopped) {
      await calls.poll(fd, stopFd);
      if (stopped) return;
      const startedAt = performance.now();
      drain(fd, take, 1);
      onPause();
      await wait(Math.max(1, performance.now() - startedAt));
    }
  };
  return {
    ended: run(),
    stop() {
      stopped = true;
      writeSync(stopFd, Buffer.from(BigUint64Array.of(1n).buffer));
    },
  };
};

import { constants, fstatSync, openSync, write } from 'node:fs';
import { codeOf } from '../../model/failure.ts';

/** Lines on their way to a descriptor that may be slow, full or gone. */
export interface Output {
  /** Drops the line where too much waits already, or nobody will ever read it. */
  push(line: string): void;
  /** Resolves when nothing waits, or nothing can be written any more. */
  flushed(): Promise<void>;
  /** Lines given up so far. */
  dropped(): number;
}

const maxWaitingBytes = 1024 * 1024;
const busyPauseMs = 100;

/**
 * The same pipe or terminal through a description of our own that does not block. A reader that stops
 * reading (a stopped pager, Ctrl-S) would otherwise hold a thread in write(2), and the exit with it.
 */
const nonBlocking = (fd: number): number => {
  try {
    const stats = fstatSync(fd);
    if (!stats.isFIFO() && !stats.isCharacterDevice()) return fd;
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return fd;
  }
};

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref());

const writeSome = (fd: number, chunk: Buffer): Promise<number> =>
  new Promise((resolve, reject) =>
    write(fd, chunk, (cause, written) => {
      if (!cause) resolve(written);
      else if (cause.code === 'EAGAIN') pause(busyPauseMs).then(() => resolve(0));
      else reject(cause);
    }),
  );

/** A reader that has gone does not come back: a closed pipe, a closed descriptor, a terminal hung up. */
const isGone = (cause: unknown): boolean =>
  ['EPIPE', 'EBADF', 'EIO', 'ECONNRESET', 'ENOTCONN'].includes(codeOf(cause) ?? '');

export const createOutput = (descriptor: number): Output => {
  const fd = nonBlocking(descriptor);
  let waiting: string[] = [];
  let waitingBytes = 0;
  let dropped = 0;
  let gone = false;
  let running: Promise<void> | null = null;

  const writeChunk = async (lines: string[]): Promise<void> => {
    let chunk = Buffer.from(lines.join(''));
    const { length } = chunk;
    try {
      while (chunk.length > 0) chunk = chunk.subarray(await writeSome(fd, chunk));
    } catch (cause) {
      dropped += lines.length;
      gone = isGone(cause);
    }
    waitingBytes -= length;
  };

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      await writeChunk(lines);
    }
    running = null;
  };

  return {
    push(line) {
      const bytes = Buffer.byteLength(line);
      if (gone || waitingBytes + bytes > maxWaitingBytes) {
        dropped += 1;
        return;
      }
      waiting.push(line);
      waitingBytes += bytes;
      running ??= writeAll();
    },
    async flushed() {
      while (running) await running;
    },
    dropped: () => dropped,
  };
};

import { createConnection, type Socket } from 'node:net';
import { createBackoff } from './backoff.ts';

/** Between attempts to connect, ms. */
const pace = { first: 1000, longest: 30_000 };
/** A connection that lasted so long was one: the next wait is the first again, ms. */
const provenMs = 10_000;
/** Writing that takes longer is given up: while it is under way the process cannot end by itself, ms. */
const writtenMs = 1000;
/** How long a good-bye may take, ms. */
const partingMs = 250;

/** One way, to somebody who may not be there, hang or refuse. Nobody answers: whoever does is not who is meant. */
export interface Speaker {
  /** False: not now, and the line is not made. It keeps nothing; `onReady` says when there is somebody to hear it. */
  say(line: () => string): boolean;
  close(): Promise<void>;
}

/** @param onReady called when a line can be said after none could */
export const startSpeaker = (path: string, onReady: () => void): Speaker => {
  const backoff = createBackoff(pace);
  let socket: Socket | null = null;
  let openedAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stuck: NodeJS.Timeout | undefined;
  let closed = false;

  const later = (): void => {
    if (closed) return;
    timer = setTimeout(connect, backoff.next());
    timer.unref();
  };

  const gone = (): void => {
    clearTimeout(stuck);
    if (openedAt !== null && performance.now() - openedAt > provenMs) backoff.reset();
    socket = null;
    openedAt = null;
    later();
  };

  const opened = (): void => {
    openedAt = performance.now();
    onReady();
  };

  const connect = (): void => {
    try {
      const made = createConnection({ path });
      socket = made;
      made.unref();
      made.on('connect', opened);
      made.on('drain', onReady);
      made.on('data', () => made.destroy());
      made.on('error', () => {});
      made.on('close', gone);
    } catch {
      // No path at all, by what the caller or the environment gave.
      later();
    }
  };

  const watchWriting = (made: Socket): void => {
    clearTimeout(stuck);
    stuck = setTimeout(() => made.destroy(), writtenMs);
    stuck.unref();
  };

  connect();
  return {
    say(line) {
      if (socket === null || openedAt === null || socket.writableNeedDrain) return false;
      if (socket.writableLength === 0) watchWriting(socket);
      socket.write(line(), () => {
        if (socket?.writableLength === 0) clearTimeout(stuck);
      });
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      const parting = socket;
      if (parting === null) return Promise.resolve();
      return new Promise((resolve) => {
        // Whoever awaits this as the last thing would never see it resolve if nothing held the process.
        const limit = setTimeout(() => parting.destroy(), partingMs);
        parting.once('close', () => {
          clearTimeout(limit);
          resolve();
        });
        // One that is about to be heard says first what `onReady` has it say.
        if (parting.connecting) parting.once('connect', () => parting.end());
        else parting.end();
      });
    },
  };
};

import type { Socket } from 'node:net';
import type { Allowance } from './allowance.ts';

/** No longer than a timer can wait; then it is asked again. ms */
const longestWaitMs = 3_600_000;

/** Lets who caused too much wait: what he tells meanwhile stays in the buffers of his socket. */
export const createPace = (
  socket: Socket,
  allowance: Allowance,
  /** Told that its silence is not its fault. */
  heard: (moreMs: number) => void,
  onTrouble: (what: string, cause: unknown) => void,
) => {
  let timer: NodeJS.Timeout | undefined;
  socket.once('close', () => clearTimeout(timer));
  /** To be called after each message. */
  const pace = (uid: number): void => {
    clearTimeout(timer);
    const waitMs = Math.min(allowance.waitMs(uid), longestWaitMs);
    if (waitMs === 0) {
      socket.resume();
      return;
    }
    socket.pause();
    heard(waitMs);
    timer = setTimeout(() => pace(uid), waitMs);
    if (allowance.isNews(uid)) {
      onTrouble(`links of uid ${uid} ask too much of the agent`, `not heard for ${waitMs} ms`);
    }
  };
  return pace;
};

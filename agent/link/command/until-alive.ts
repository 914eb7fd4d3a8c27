import { setTimeout as wait } from 'node:timers/promises';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { probe } from '../tmux/probe.ts';

/** How long a new or repaired socket may take to answer, ms. */
const appearMs = 3000;

export const socketTaken = (socket: string, { pid }: Instance): TmuxFailure =>
  new TmuxFailure('socket-taken', `another server, pid ${pid}, listens on ${socket}`);

/** Polls, because tmux tells nobody when its socket is ready. `pid`: of the server that is waited for. */
export const untilAlive = async (socket: string, pid: number | null): Promise<Instance> => {
  const deadline = performance.now() + appearMs;
  for (;;) {
    const found = await probe(socket);
    const late = performance.now() > deadline;
    if (found.kind === 'alive') {
      if (pid === null || found.instance.pid === pid) return found.instance;
      if (late) throw socketTaken(socket, found.instance);
    } else if (late) {
      throw new TmuxFailure('tmux-not-answering', `no server answers on ${socket}: ${found.kind}`, {
        retryable: true,
      });
    }
    await wait(10);
  }
};

import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { socketOption } from './socket-option.ts';
import { textOf } from './text-of.ts';

/** Linux 6.5 and later. */
const SO_PEERPIDFD = 77;

/** The kernel is older. */
const ENOPROTOOPT = 92;

/** A pidfd names one process for good; `Pid` is -1 once that was waited for (fdinfo in proc_pid_fdinfo(5)). */
const pidBehind = (fd: number): number => {
  try {
    return Number(/^Pid:\t(-?\d+)$/m.exec(textOf(`/proc/self/fdinfo/${fd}`) ?? '')?.[1] ?? -1);
  } finally {
    closeSync(fd);
  }
};

/**
 * Whether a pid is still that of the process that connected: what was read of it in /proc until now is of that process,
 * and of no later one that was given its number. Null where the kernel cannot tell.
 */
export const isStillPeer = (socket: Socket, pid: number): boolean | null => {
  const { value, errno } = socketOption(socket, SO_PEERPIDFD, 4);
  const [fd] = value ?? [];
  if (fd !== undefined) return pidBehind(fd) === pid;
  return errno === ENOPROTOOPT ? null : false;
};

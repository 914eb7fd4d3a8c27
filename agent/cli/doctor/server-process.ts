import type { Machine } from './machine.ts';

/** What the kernel calls a tmux server (proc_pid_comm(5)). */
export const serverComm = 'tmux: server';

/** Whether a tmux server has that pid now. */
export const isServer = (machine: Machine, pid: number): boolean =>
  machine.read(`/proc/${pid}/comm`)?.trim() === serverComm;

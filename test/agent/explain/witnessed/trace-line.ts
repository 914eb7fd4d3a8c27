/** One line of a trace that was not recorded, in the format of those that were. */
export interface Sent {
  at: number;
  sig: number;
  from: number;
  to: number;
  code?: number;
  /** 0 delivered, 1 ignored, 2 already pending, 3 queue full. */
  res?: number;
  grp?: number;
  comm?: string;
}

export const sent = ({ at, sig, from, to, code = 0, res = 0, grp = 1, comm = 'x' }: Sent): string =>
  `  ${comm}-${from} [000] d..1. ${at.toFixed(6)}: signal_generate: sig=${sig} errno=0 code=${code} comm=node pid=${to} grp=${grp} res=${res}\n`;

export const chosen = (at: number, pid: number): string =>
  `  x-${pid} [000] ...1. ${at.toFixed(6)}: mark_victim: pid=${pid} comm=node total-vm=53876kB anon-rss=50944kB\n`;

export const clientExit = (at: number, pid: number): string =>
  `  tmux: client-${pid} [000] ..... ${at.toFixed(6)}: sched_process_exit: comm=tmux: client pid=${pid} prio=120 group_dead=true\n`;

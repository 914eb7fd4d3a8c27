import type { Sight } from '../../../../agent/link/watch/judge.ts';
import type { ProcStat } from '../../../../agent/model/proc-stat.ts';

export const instance = { pid: 4000, startTime: 77 };
export const other = { pid: 4001, startTime: 78 };

/** What the kernel says of `instance` in a state such as `S` or `T`. */
export const statIn = (state: string): ProcStat => ({
  ...instance,
  comm: 'tmux: server',
  state,
  ppid: 1,
  tpgid: -1,
  cpuTicks: 0,
  rssPages: 500,
});

/** The server as it is to be: its process in that state, its socket there. */
export const sightOf = (state: string): Sight => ({ stat: statIn(state), hasSocket: true });

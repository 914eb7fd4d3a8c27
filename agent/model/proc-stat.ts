/** Clock ticks: fixed by the kernel's interface for every process to see (sysconf(_SC_CLK_TCK)). */
export const ticksPerSecond = 100;

/** The fields of /proc/PID/stat that Holdfast uses (proc_pid_stat(5)). */
export interface ProcStat {
  pid: number;
  comm: string;
  /** One letter; `Z` and `X` are dead, `T` and `t` stopped. */
  state: string;
  ppid: number;
  /** Foreground process group of the controlling terminal; -1 without one. */
  tpgid: number;
  /** Clock ticks. */
  cpuTicks: number;
  /** Clock ticks since boot: with the pid it names one process for good. */
  startTime: number;
  rssPages: number;
}

/**
 * Reads one line of /proc/PID/stat; null when it is not one. The command name may hold anything,
 * parentheses and newlines included, so the fields are counted from its last `)`.
 */
export const parseProcStat = (text: string): ProcStat | null => {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 1 || close < open) return null;
  const fields = text.slice(close + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  const stat: ProcStat = {
    pid: Number(text.slice(0, open)),
    comm: text.slice(open + 1, close),
    state: fields[0] ?? '',
    ppid: field(4),
    tpgid: field(8),
    cpuTicks: field(14) + field(15),
    startTime: field(22),
    rssPages: field(24),
  };
  return Number.isInteger(stat.pid) && Number.isInteger(stat.startTime) ? stat : null;
};

export const isDead = (stat: ProcStat): boolean => stat.state === 'Z' || stat.state === 'X';
export const isStopped = (stat: ProcStat): boolean => stat.state === 'T' || stat.state === 't';

import { readFileSync } from 'node:fs';
import type { Instance } from '../model/events/server.ts';
import { isDead, type ProcStat, parseProcStat } from '../model/proc-stat.ts';

/** What the kernel says of a pid now; null when there is no such process, or only its remains. */
export const processStat = (pid: number): ProcStat | null => {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat && !isDead(stat) ? stat : null;
  } catch {
    return null;
  }
};

/** The same process still: pids are reused, (pid, start time) is not. */
export const instanceStat = (instance: Instance): ProcStat | null => {
  const stat = processStat(instance.pid);
  return stat?.startTime === instance.startTime ? stat : null;
};

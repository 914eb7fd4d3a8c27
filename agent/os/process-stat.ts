import { readFileSync } from 'node:fs';
import type { Instance } from '../model/events/server.ts';
import { codeOf } from '../model/failure.ts';
import { isDead, type ProcStat, parseProcStat } from '../model/proc-stat.ts';

/** Nothing was read for want of these: it says nothing of the process. */
const isShortage = (cause: unknown): boolean =>
  ['EMFILE', 'ENFILE', 'ENOMEM'].includes(codeOf(cause) ?? '');

/**
 * What the kernel says of a pid now; null when there is no such process, or only its remains.
 * @throws where there is no descriptor to spare: nobody may take that for the end of the process
 */
export const processStat = (pid: number): ProcStat | null => {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat && !isDead(stat) ? stat : null;
  } catch (cause) {
    if (isShortage(cause)) throw cause;
    return null;
  }
};

/** The same process still: pids are reused, (pid, start time) is not. @throws as processStat */
export const instanceStat = (instance: Instance): ProcStat | null => {
  const stat = processStat(instance.pid);
  return stat?.startTime === instance.startTime ? stat : null;
};

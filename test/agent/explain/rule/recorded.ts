import type { Evidence, MemoryCount } from '../../../../agent/explain/evidence.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { LeaderSample } from '../../../../agent/model/events/measures.ts';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { faults } from '../../../../agent/observe/sources/parse/faults.ts';
import { oomReports } from '../../../../agent/observe/sources/parse/oom-report.ts';
import { death } from '../sample-death.ts';
import { must } from '../written/journal.ts';

/**
 * Deaths as Holdfast recorded them where nobody asked the kernel who sends signals, with tmux 3.3a on Linux 6.18: sessions that
 * had run for seven seconds. Times are ms, from the second in which the session was found dead.
 */
export interface Recorded {
  pid: number;
  exit: { status: number } | { signal: number } | null;
  second: number;
  lastSeen: number;
  found: number;
  ageMs: number;
  /** When the machine and the leader were measured, and how many the kernel had killed for want of memory by then. */
  measured: number;
  oomKills: number;
  leader: Pick<LeaderSample, 'ageMs'> & Partial<Omit<LeaderSample, 'at' | 'cpuAt'>>;
}

/** A script of sh ends by itself with status 7. */
export const exited: Recorded = {
  ...{ pid: 14_269, exit: { status: 7 }, second: 1_795_342_776, ageMs: 7214 },
  ...{ lastSeen: -1863, found: 214, measured: -2339, oomKills: 88 },
  leader: { ageMs: 4482, handles: [2] },
};

/** A script that handles SIGTERM is sent one, and ends with status 0. */
export const heeded: Recorded = {
  ...{ pid: 14_413, exit: { status: 0 }, second: 1_795_342_794, ageMs: 7709 },
  ...{ lastSeen: -1424, found: 709, measured: -1990, oomKills: 88 },
  leader: { ageMs: 4354, handles: [2, 15] },
};

/** /bin/kill -9 of another process. */
export const killed: Recorded = {
  ...{ pid: 1297, exit: { signal: 9 }, second: 1_795_342_814, ageMs: 7689 },
  ...{ lastSeen: -1412, found: 689, measured: -1947, oomKills: 88 },
  leader: { ageMs: 4421 },
};

/** kill -XCPU of another process: there is no limit. */
export const sentXcpu: Recorded = {
  ...{ pid: 20_428, exit: { signal: 24 }, second: 1_795_342_851, ageMs: 8005 },
  ...{ lastSeen: -1120, found: 1005, measured: -1526, oomKills: 88 },
  leader: { ageMs: 4520 },
};

/** prlimit --fsize=4096. */
export const fileTooLarge: Recorded = {
  ...{ pid: 20_821, exit: { signal: 25 }, second: 1_795_342_869, ageMs: 7826 },
  ...{ lastSeen: -1265, found: 826, measured: -1563, oomKills: 88 },
  leader: { ageMs: 4656, handles: [2], fileSize: 4096 },
};

/** prlimit --cpu=1:1, by a script that begins to spin after it was measured. */
export const cpuHard: Recorded = {
  ...{ pid: 21_028, exit: { signal: 9 }, second: 1_795_342_889, ageMs: 9076 },
  ...{ lastSeen: -3096, found: 76, measured: -3488, oomKills: 88 },
  leader: { ageMs: 4536, handles: [2], cpuSoft: 1, cpuHard: 1 },
};

/** prlimit --cpu=1:100, measured a moment before. */
export const cpuSoft: Recorded = {
  ...{ pid: 23_767, exit: { signal: 24 }, second: 1_795_342_911, ageMs: 9118 },
  ...{ lastSeen: -4150, found: 118, measured: -109, oomKills: 88 },
  leader: { ageMs: 8799, handles: [2], cpuSoft: 1, cpuHard: 100, cpuMs: 820 },
};

/** A child of a script is killed, and the script ends with the status of that. */
export const childKilled: Recorded = {
  ...{ pid: 17_199, exit: { status: 137 }, second: 1_795_342_929, ageMs: 8007 },
  ...{ lastSeen: -2084, found: 7, measured: -2373, oomKills: 88 },
  leader: { ageMs: 4659, handles: [2] },
};

/** A program takes more memory than its cgroup may have. */
export const outOfMemory: Recorded = {
  ...{ pid: 3297, exit: { signal: 9 }, second: 1_795_342_963, ageMs: 7565 },
  ...{ lastSeen: -1807, found: 565, measured: -2609, oomKills: 88 },
  leader: { ageMs: 3993, handles: [2], cpuMs: 10 },
};

/** A child of a script does. */
export const childOutOfMemory: Recorded = {
  ...{ pid: 14_080, exit: { status: 137 }, second: 1_795_342_975, ageMs: 7453 },
  ...{ lastSeen: -2119, found: 453, measured: -3802, oomKills: 89 },
  leader: { ageMs: 2994, handles: [2] },
};

/** The tmux server (pid 28272) is what the kernel chooses. */
export const serverOutOfMemory: Recorded = {
  ...{ pid: 9695, exit: null, second: 1_795_342_986, ageMs: 7877 },
  ...{ lastSeen: -1938, found: 877, measured: -3353, oomKills: 90 },
  leader: { ageMs: 2992, handles: [2], cpuMs: 10 },
};

/** A program writes where nothing is. */
export const crashed: Recorded = {
  ...{ pid: 26_543, exit: { signal: 11 }, second: 1_795_343_005, ageMs: 7840 },
  ...{ lastSeen: -1789, found: 840, measured: -2404, oomKills: 92 },
  leader: { ageMs: 3815 },
};

/** kill -SEGV of another process. */
export const sentSegv: Recorded = {
  ...{ pid: 9257, exit: { signal: 11 }, second: 1_795_343_017, ageMs: 7783 },
  ...{ lastSeen: -2108, found: 783, measured: -3618, oomKills: 92 },
  leader: { ageMs: 2724 },
};

const timeOf = ({ second }: Recorded, ms: number): number => second * 1000 + ms;

const exitOf = ({ exit }: Recorded) =>
  exit && {
    status: 'status' in exit ? exit.status : null,
    signal: 'signal' in exit ? exit.signal : null,
  };

const none = { handles: [], cpuSoft: null, cpuHard: null, fileSize: null, cpuMs: 0 };

/** The machine as it was measured last. */
export const hostOf = (one: Recorded): NonNullable<DeathRecord['host']> => ({
  ...{ at: timeOf(one, one.measured), load: [14.29, 18.41, 11.58], cpuBusy: 0.189 },
  ...{ memoryTotalBytes: 25_276_502_016, memoryAvailableBytes: 22_239_281_152 },
  ...{ pressure: null, processors: 2, oomKills: one.oomKills, processes: [] },
});

/** The record of its death. */
export const recordOf = (one: Recorded, changes: Partial<DeathRecord> = {}): DeathRecord => {
  const exit = exitOf(one);
  const at = timeOf(one, one.measured);
  const leader = { ...none, ...one.leader, at, cpuAt: at };
  return death({
    ...{ lastSeen: timeOf(one, one.lastSeen), found: timeOf(one, one.found), ageMs: one.ageMs },
    exit: exit && { ...exit, at: timeOf(one, 0) },
    panes: [
      {
        ...{ id: '%0', pid: one.pid, startTime: 7_703_398, command: '', historyLines: 0 },
        ...{ exit, leader },
      },
    ],
    host: hostOf(one),
    ...changes,
  });
};

/** What the kernel had counted when that was found: so many more than when it was measured. */
export const countedAt = (one: Recorded, more: number): MemoryCount => ({
  at: timeOf(one, one.found),
  kills: one.oomKills + more,
});

/** A line of the kernel's log, some ms before it was found. */
export const kernelSaid = (one: Recorded, beforeMs: number, text: string): SourceFact => {
  const lines = [{ at: timeOf(one, one.found - beforeMs), text }];
  return must([...oomReports(lines, 'kernel-log'), ...faults(lines, 'kernel-log')][0]);
};

/** How its server ended, where it did. */
export const goneWith = (one: Recorded, how: 'killed' | 'exited'): Evidence['serverEnd'] => ({
  ...{ at: timeOf(one, one.found), how },
  text: how === 'killed' ? 'server exited unexpectedly' : 'tmux let its clients go',
});

import { join } from 'node:path';
import { type Kernel, realKernel } from '../../model/cgroup.ts';
import type { LeaderSample } from '../../model/events/measures.ts';
import { type ProcStat, ticksPerSecond } from '../../model/proc-stat.ts';
import type { LifeSample } from '../../model/samples.ts';
import type { Life } from '../../model/state.ts';
import { textOf } from '../../os/text-of.ts';

/** HUP, INT, QUIT, USR1, USR2, TERM and XCPU: who handles one of these may end of it by himself, or outlive it. */
const telling = [1, 2, 3, 10, 12, 15, 24];

/** A process sets its limits and handlers as it begins, and seldom later. ms */
const keepsMs = 60_000;

/** So many are read at one measure: a death must not wait for a sample. */
const perMeasure = 100;

/** A mask of proc_pid_status(5): the lowest bit is signal 1. */
const maskOf = (status: string, name: string): bigint =>
  BigInt(`0x${new RegExp(`^${name}:\\t([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? '0'}`);

const handledIn = (status: string): number[] => {
  const mask = maskOf(status, 'SigCgt') | maskOf(status, 'SigBlk');
  return telling.filter((signal) => (mask >> BigInt(signal - 1)) & 1n);
};

/** Soft and hard, as proc_pid_limits(5) shows them; null: not limited. */
const limitIn = (limits: string, name: string): [number | null, number | null] => {
  const [, soft = '', hard = ''] = new RegExp(`^${name} +(\\S+) +(\\S+)`, 'm').exec(limits) ?? [];
  const secondsOrBytes = (word: string): number | null =>
    /^\d+$/.test(word) ? Number(word) : null;
  return [secondsOrBytes(soft), secondsOrBytes(hard)];
};

type Fixed = Omit<LeaderSample, 'at' | 'ageMs' | 'cpuMs' | 'cpuAt'>;

/** What the kernel shows of a process that changes seldom; null: it is gone, or does not show it. */
export const readLeader = (pid: number, { proc }: Kernel = realKernel): Fixed | null => {
  const status = textOf(join(proc, String(pid), 'status'));
  const limits = textOf(join(proc, String(pid), 'limits'));
  if (!status?.includes('\nSigCgt:') || !limits?.includes('\nMax cpu time')) return null;
  const [cpuSoft, cpuHard] = limitIn(limits, 'Max cpu time');
  const [fileSize] = limitIn(limits, 'Max file size');
  return { handles: handledIn(status), cpuSoft, cpuHard, fileSize };
};

/** One that was young is read again sooner. */
const isFresh = ({ at, ageMs }: LeaderSample, now: number): boolean =>
  now >= at && now - at < Math.min(ageMs, keepsMs);

type Processes = ReadonlyMap<number, ProcStat>;

const cpuMsOf = ({ cpuTicks }: ProcStat): number => (cpuTicks / ticksPerSecond) * 1000;

/**
 * Keeps what is known of the leaders of panes.
 * @param ageOf how old a process is, ms
 */
export const createLeaders = (ageOf: (stat: ProcStat) => number, kernel: Kernel = realKernel) => {
  let left = 0;

  const sampleOf = (
    stat: ProcStat,
    known: LeaderSample | undefined,
    at: number,
  ): LeaderSample | undefined => {
    const used = { cpuMs: cpuMsOf(stat), cpuAt: at };
    if (known && (isFresh(known, at) || left <= 0)) return { ...known, ...used };
    left -= 1;
    const read = left >= 0 ? readLeader(stat.pid, kernel) : null;
    return read ? { at, ageMs: ageOf(stat), ...read, ...used } : undefined;
  };

  return {
    /** A measure begins. */
    begin(): void {
      left = perMeasure;
    },
    /** @param at when the processes were read, ms since the epoch */
    keep({ panes }: Life, sample: LifeSample, processes: Processes, at: number): void {
      for (const { id, pid } of panes) {
        const stat = processes.get(pid);
        const pane = sample.panes.get(id);
        if (!stat || !pane) continue;
        const known = pane.leader?.pid === pid ? pane.leader.sample : undefined;
        const seen = sampleOf(stat, known, at);
        if (seen) pane.leader = { pid, sample: seen };
        else delete pane.leader;
      }
    },
  };
};

/** How old processes are, by how old this one is: what /proc/uptime says may be of another machine. */
export const ageBeside =
  (self: Pick<ProcStat, 'startTime'> | null) =>
  ({ startTime }: ProcStat): number => {
    if (!self) return 0;
    const later = ((startTime - self.startTime) / ticksPerSecond) * 1000;
    return Math.max(0, Math.round(process.uptime() * 1000 - later));
  };

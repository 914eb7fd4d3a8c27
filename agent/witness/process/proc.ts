import { join } from 'node:path';
import { realKernel, unifiedPath } from '../../model/cgroup.ts';
import { type ProcStat, parseProcStat, ticksPerSecond } from '../../model/proc-stat.ts';
import { unsetId } from '../../model/witnessed.ts';
import { beginningOf, textOf } from '../../os/text-of.ts';
import { monotonicNow } from '../clock.ts';

/** A start is told in ticks, and so rounded down by at most one of them; ms. */
const tickMs = 1000 / ticksPerSecond;

/** Longest command line looked at, bytes. */
const maxCommand = 4096;

/** What /proc shows of a process now. */
export interface ProcFacts {
  /** Of the process, where the pid asked for is that of a thread; null: whose thread it is was not told any more. */
  pid: number | null;
  stat: ProcStat;
  /** When its arguments were read, ms on the monotonic clock. */
  seenAt: number;
  /** Its arguments; null: it has none, as what has ended and threads of the kernel. */
  argv: string[] | null;
  uid: number | null;
  loginUid: number | null;
  auditSession: number | null;
  cgroup: string | null;
  /** Signals it handles itself, a bit each; null: not known. */
  caught: bigint | null;
}

const numberOf = (text: string | null): number | null => {
  const number = Number(text?.trim() || Number.NaN);
  return Number.isInteger(number) && number !== unsetId ? number : null;
};

const field = (status: string, name: string): string | null =>
  new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? null;

const argvOf = (text: string | null): string[] | null => {
  if (!text) return null;
  const argv = text.split('\0');
  if (argv.at(-1) === '') argv.pop();
  return argv.length > 0 ? argv : null;
};

/**
 * Of whoever is just being taken away the kernel still tells who it was, but not whose thread (`Tgid` 0); its signals it
 * does not know any more, nor its threads.
 */
const statusOf = (status: string): Pick<ProcFacts, 'pid' | 'uid' | 'caught'> => {
  const mask = field(status, 'Threads') === '0' ? null : field(status, 'SigCgt');
  return {
    pid: numberOf(field(status, 'Tgid')) || null,
    uid: numberOf(field(status, 'Uid')),
    caught: mask !== null && /^[0-9a-f]+$/.test(mask) ? BigInt(`0x${mask}`) : null,
  };
};

/** How long the machine has slept since it booted, ms: at most ten too short. The monotonic clock does not count it. */
const sleptMs = (proc: string): number =>
  Math.max(0, Number.parseFloat(textOf(join(proc, 'uptime')) ?? '0') * 1000 - monotonicNow());

/** When a process began, ms since the boot, sleeps counted: at most ten too early. */
const startedAt = ({ startTime }: ProcStat): number => (startTime * 1000) / ticksPerSecond;

/** Whether it began after that time on the monotonic clock, ms. */
export const beganLater = (stat: ProcStat, at: number, proc = realKernel.proc): boolean =>
  startedAt(stat) > at + tickMs && startedAt(stat) - sleptMs(proc) > at + tickMs;

/**
 * Looks at a process, or at that of a thread. Null where it is gone, and where the pid belongs to one that began later:
 * pids are used again.
 * @param before ms on the monotonic clock
 */
export const lookAt = (pid: number, before: number, proc = realKernel.proc): ProcFacts | null => {
  const at = (file: string): string | null => textOf(join(proc, String(pid), file));
  // First, because a killer lives for a millisecond.
  const argv = argvOf(beginningOf(join(proc, String(pid), 'cmdline'), maxCommand));
  const seenAt = monotonicNow();
  const stat = parseProcStat(at('stat') ?? '');
  if (!stat || beganLater(stat, before, proc)) return null;
  return {
    ...statusOf(at('status') ?? ''),
    stat,
    seenAt,
    argv,
    loginUid: numberOf(at('loginuid')),
    auditSession: numberOf(at('sessionid')),
    cgroup: unifiedPath(at('cgroup') ?? ''),
  };
};

export const catches = ({ caught }: ProcFacts, signal: number): boolean | null =>
  caught === null ? null : ((caught >> BigInt(signal - 1)) & 1n) === 1n;

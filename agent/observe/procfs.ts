import { readdirSync, readFileSync } from 'node:fs';
import type { Instance } from '../model/events/server.ts';
import { isDead, type ProcStat, parseProcStat } from '../model/proc-stat.ts';

/** A file of /proc, or null: a process may go at any moment of being read. */
export const readProc = (path: string): string | null => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
};

/** Longest command line kept; the kernel allows megabytes. */
const maxCommandLine = 4096;

/** Arguments joined by spaces; the kernel's short name in brackets where there are none. Not redacted. */
export const commandOf = (pid: number): string => {
  const cmdline = readProc(`${pid}/cmdline`);
  if (cmdline === null) return '';
  const words = cmdline.slice(0, maxCommandLine).split('\0');
  if (words.at(-1) === '') words.pop();
  if (words.length > 0) return words.join(' ');
  const comm = readProc(`${pid}/comm`)?.trim();
  return comm ? `[${comm}]` : '';
};

export const statOf = (pid: number): ProcStat | null => {
  const text = readProc(`${pid}/stat`);
  return text === null ? null : parseProcStat(text);
};

export const isAlive = (instance: Instance): boolean => {
  const stat = statOf(instance.pid);
  return stat !== null && !isDead(stat) && stat.startTime === instance.startTime;
};

export const bootId = (): string => readProc('sys/kernel/random/boot_id')?.trim() ?? 'unknown-boot';

const pids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** So many processes are read before others have their turn: a death must not wait for a sample. */
const perTurn = 40;

/** Every process, read in slices. */
export const allProcesses = async (): Promise<Map<number, ProcStat>> => {
  const found = new Map<number, ProcStat>();
  const all = pids();
  for (let i = 0; i < all.length; i += perTurn) {
    for (const pid of all.slice(i, i + perTurn)) {
      const stat = statOf(pid);
      if (stat && !isDead(stat)) found.set(pid, stat);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
};

import { readdirSync } from 'node:fs';
import type { Instance } from '../../model/events/server.ts';
import { isDead, type ProcStat, parseProcStat } from '../../model/proc-stat.ts';
import { instanceStat } from '../../os/process-stat.ts';
import { beginningOf, textOf } from '../../os/text-of.ts';

/** A file of /proc, or null: a process may go at any moment of being read. */
export const readProc = (path: string): string | null => textOf(`/proc/${path}`);

/** Longest command line kept, bytes; the kernel allows megabytes. */
const maxCommandLine = 4096;

/** Its arguments, each with a NUL behind it; null: it is gone. */
export const argumentsOf = (pid: number): string | null =>
  beginningOf(`/proc/${pid}/cmdline`, maxCommandLine);

/**
 * A pane that is not yet what it will be: `pane-shell` of the link is about to become its shell, or what was there before
 * is printed first (`agent/link/command/printed-first.ts`).
 */
const isLauncher = ([, second, third]: readonly string[]): boolean =>
  /\/pane-shell$/.test(second ?? '') ||
  (second === '-pc' && /^exec -a /.test(third ?? '')) ||
  (second === '-c' && /^cat '[^']*\.prologue-[0-9a-f]{12}' /.test(third ?? ''));

/** Arguments joined by spaces; the kernel's short name in brackets where there are none. Not redacted. */
export const commandOf = (pid: number): string => {
  const cmdline = argumentsOf(pid);
  if (cmdline === null) return '';
  const words = cmdline.split('\0');
  if (words.at(-1) === '') words.pop();
  if (isLauncher(words)) return '';
  if (words.length > 0) return words.join(' ');
  const comm = readProc(`${pid}/comm`)?.trim();
  return comm ? `[${comm}]` : '';
};

export const statOf = (pid: number): ProcStat | null => {
  const text = readProc(`${pid}/stat`);
  return text === null ? null : parseProcStat(text);
};

/** Where nothing can be read, for want of a descriptor, nothing says that it ended. */
export const isAlive = (instance: Instance): boolean => {
  try {
    return instanceStat(instance) !== null;
  } catch {
    return true;
  }
};

/** The real uid of a process (proc_pid_status(5)); null when it is gone. */
export const uidOf = (pid: number): number | null => {
  const uid = /^Uid:\t(\d+)/m.exec(readProc(`${pid}/status`) ?? '')?.[1];
  return uid === undefined ? null : Number(uid);
};

/** False where that very process runs and is another user's. */
export const mayBeOf = (uid: number, instance: Instance): boolean =>
  !isAlive(instance) || [uid, null].includes(uidOf(instance.pid));

export const bootId = (): string => readProc('sys/kernel/random/boot_id')?.trim() ?? 'unknown-boot';

const pids = (): number[] => {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) found.push(Number(name));
  }
  return found;
};

/** So many processes are read before others have their turn: a death must not wait for a sample. */
const perTurn = 40;

/** Threads of the kernel are looked for again after so many readings: their pids are reused some day. */
const readingsPerSearch = 12;

/** The parent of the kernel's threads; in a container pid 2 is somebody else. */
const isKthreadd = ({ pid, comm }: ProcStat): boolean => pid === 2 && comm === 'kthreadd';

/**
 * Reads every process in slices. Threads of the kernel are left out, often half of all: they have no memory
 * and belong to no session.
 */
export const createProcessReader = (): (() => Promise<Map<number, ProcStat>>) => {
  let kernel = new Set<number>();
  let readings = 0;

  const keep = (found: Map<number, ProcStat>, pid: number): void => {
    const stat = statOf(pid);
    if (!stat || isDead(stat)) return;
    if (isKthreadd(stat) || (stat.ppid === 2 && kernel.has(2))) kernel.add(pid);
    else found.set(pid, stat);
  };

  return async () => {
    if (readings % readingsPerSearch === 0) kernel = new Set();
    readings += 1;
    const found = new Map<number, ProcStat>();
    const wanted = pids().filter((pid) => !kernel.has(pid));
    for (let i = 0; i < wanted.length; i += perTurn) {
      for (const pid of wanted.slice(i, i + perTurn)) keep(found, pid);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  };
};

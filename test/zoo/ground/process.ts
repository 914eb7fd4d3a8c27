import { readFileSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** The name of a process; null: there is none. */
export const commOf = (pid: number): string | null =>
  read(`/proc/${pid}/comm`)?.replace(/\n$/, '') ?? null;

/** Its state letter and its parent (proc_pid_stat(5)); null: there is none. */
export const statOf = (pid: number): { state: string; parent: number } | null => {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent) };
};

/** Its effective user; null: there is none. */
export const uidOf = (pid: number): number | null => {
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return uid === undefined ? null : Number(uid);
};

/** Resolves with the first child of `pid`, once there is one. */
export const childOf = (pid: number): Promise<number> =>
  eventually(`a child of ${pid}`, () => {
    const [child = ''] = read(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? [];
    return child === '' ? undefined : Number(child);
  });

/** Resolves when the process has ended, or only waits to be reaped. */
export const untilGone = async (pid: number): Promise<void> => {
  await eventually(`the end of ${pid}`, () => {
    const stat = statOf(pid);
    return stat === null || stat.state === 'Z' || undefined;
  });
};

import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionLimits } from '../../model/config/config.ts';

/** What sessions are limited by. */
const controllers = ['memory', 'pids', 'cpu'];

/** The kernel makes the files of a cgroup: one that is not there must not appear. @throws as open(2), write(2) */
export const writeControl = async (path: string, text: string): Promise<void> => {
  const file = await open(path, constants.O_WRONLY | constants.O_TRUNC);
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
};

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

/**
 * Lets the cgroups below `unit` have limits.
 * @returns what cannot be had, and why, in words; each controller by itself, for one may be missing
 */
export const enableControllers = async (unit: string): Promise<string[]> => {
  const path = join(unit, 'cgroup.subtree_control');
  const enabled = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
  const failures: string[] = [];
  for (const name of controllers) {
    if (enabled.includes(name)) continue;
    await writeControl(path, `+${name}`).catch((cause: unknown) =>
      failures.push(`no ${name} controller (${codeOf(cause)})`),
    );
  }
  return failures;
};

/**
 * What the kernel has where nothing is limited, in the order it is written: how a session ends must be settled
 * before it can be over its limit. Lowering memory.max may take the kernel a while.
 */
const unlimited = [
  ['memory.oom.group', '0'],
  ['pids.max', 'max'],
  ['cpu.weight', '100'],
  ['memory.high', 'max'],
  ['memory.max', 'max'],
] as const;

/**
 * The files of a limited session (cgroup-v2 of the kernel's documentation). With memoryMax it ends whole: a session
 * that lost one of its processes to the kernel is in a state nobody knows, and looks alive.
 */
const textsOf = (limits: SessionLimits | null): Record<string, string | null> => {
  const text = (value: number | null | undefined): string | null =>
    value == null ? null : String(value);
  return {
    'memory.oom.group': limits?.memoryMax == null ? null : '1',
    'pids.max': text(limits?.tasksMax),
    'cpu.weight': text(limits?.cpuWeight),
    'memory.high': text(limits?.memoryHigh),
    'memory.max': text(limits?.memoryMax),
  };
};

/**
 * Puts limits in force, and takes away those that are not asked for any more.
 * @returns what could not be written, in words; what is the kernel's own anyway is not missed
 */
export const writeLimits = async (
  group: string,
  limits: SessionLimits | null,
): Promise<string[]> => {
  const failures: string[] = [];
  const texts = textsOf(limits);
  for (const [name, otherwise] of unlimited) {
    const text = texts[name] ?? null;
    await writeControl(join(group, name), text ?? otherwise).catch((cause: unknown) => {
      if (text !== null) failures.push(`${name} (${codeOf(cause)})`);
    });
  }
  return failures;
};

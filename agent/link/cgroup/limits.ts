import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionLimits } from '../../model/config/config.ts';
import { codeOf } from '../../model/failure.ts';
import { writeControl } from './control-file.ts';

type Limit = keyof SessionLimits;

/** A file of a cgroup (cgroup-v2 of the kernel's documentation). */
interface Control {
  file: string;
  /** What the kernel has where nothing is limited. */
  unlimited: string;
  /** What it gets with a limit; by default the limit itself. */
  limited?: string;
}

/**
 * Each limit with the controller that has to be enabled for it and what is written, in this order. How a session ends
 * is settled before it can be over its limit, and lowering memory.max may take the kernel a while.
 */
const controls: Readonly<Record<Limit, { controller: string; files: readonly Control[] }>> = {
  tasksMax: { controller: 'pids', files: [{ file: 'pids.max', unlimited: 'max' }] },
  cpuWeight: { controller: 'cpu', files: [{ file: 'cpu.weight', unlimited: '100' }] },
  memoryHigh: { controller: 'memory', files: [{ file: 'memory.high', unlimited: 'max' }] },
  memoryMax: {
    controller: 'memory',
    files: [
      // It ends whole: a session that lost one of its processes to the kernel is in a state nobody knows, and looks alive.
      { file: 'memory.oom.group', unlimited: '0', limited: '1' },
      { file: 'memory.max', unlimited: 'max' },
    ],
  },
};

const limitNames = Object.keys(controls) as Limit[];
const controllers = new Set(Object.values(controls).map(({ controller }) => controller));

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
      failures.push(`no ${name} controller (${codeOf(cause) ?? cause})`),
    );
  }
  return failures;
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
  for (const name of limitNames) {
    const value = limits?.[name] ?? null;
    for (const { file, unlimited, limited = String(value) } of controls[name].files) {
      const text = value === null ? unlimited : limited;
      await writeControl(join(group, file), text).catch((cause: unknown) => {
        if (value !== null) failures.push(`${file} (${codeOf(cause) ?? cause})`);
      });
    }
  }
  return failures;
};

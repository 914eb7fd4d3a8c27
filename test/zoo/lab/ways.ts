import type { LabWay } from './way.ts';
import { around } from './ways/around.ts';
import { byName } from './ways/by-name.ts';
import { logins } from './ways/logins.ts';
import { machineMemory } from './ways/machine-memory.ts';
import { oneProcess } from './ways/one-process.ts';
import { power } from './ways/power.ts';
import { units } from './ways/units.ts';

/** Every way that takes a whole machine, by what it is about. Those that restart it come last. */
export const labMatters: Readonly<Record<string, readonly LabWay[]>> = {
  'one-process': oneProcess,
  'by-name': byName,
  units,
  logins,
  'machine-memory': machineMemory,
  around,
  power,
};

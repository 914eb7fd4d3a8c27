import type { LabWay } from './way.ts';
import { around } from './ways/around.ts';
import { byName } from './ways/by-name.ts';
import { logins } from './ways/logins.ts';
import { memory } from './ways/memory.ts';
import { power } from './ways/power.ts';
import { signals } from './ways/signals.ts';
import { units } from './ways/units.ts';

/** Every way that takes a whole machine, by what it is about. Those that restart it come last. */
export const labMatters: Readonly<Record<string, readonly LabWay[]>> = {
  'one-process': signals,
  'by-name': byName,
  units,
  logins,
  'machine-memory': memory,
  around,
  power,
};

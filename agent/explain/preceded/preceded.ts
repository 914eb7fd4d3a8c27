import type { MachinePoint } from '../../model/events/measures.ts';
import { machineMemory } from './machine-memory.ts';
import { waiting } from './processors.ts';
import { type MeasuredDeath, sessionMemory } from './session-memory.ts';

/** What was measured in the minute before, each oldest first. */
export interface Measured {
  machine: readonly MachinePoint[];
  deaths: readonly MeasuredDeath[];
}

/**
 * What matters of the measures of the minute before, a few sentences without a full stop. None: all was calm, or nobody
 * measured. It claims nothing: what was measured is said, and not that it had to do with the end.
 */
export const precededBy = ({ machine, deaths }: Measured): string[] => [
  ...[machineMemory(machine) ?? []].flat(),
  ...sessionMemory(deaths, machine.at(-1)?.memoryTotalBytes ?? 0),
  ...[waiting(machine) ?? []].flat(),
];

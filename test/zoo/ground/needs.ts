import { accessSync, constants } from 'node:fs';
import type { Need, Way } from '../way.ts';
import { memoryController } from './memory-cgroup.ts';
import { findProgram } from './programs.ts';

const isRoot = (): boolean => process.getuid?.() === 0;

/** By opening it, not by its presence: containers show it and refuse. */
export const hasTracing = (): boolean => {
  try {
    accessSync('/sys/kernel/tracing/instances', constants.W_OK);
    return isRoot();
  } catch {
    return false;
  }
};

const met = (need: Need): boolean => {
  if (need === 'root') return isRoot();
  if (need === 'tracefs') return hasTracing();
  if (need === 'a memory cgroup') return isRoot() && memoryController() !== null;
  return findProgram(need.program) !== null;
};

const needText = (need: Need): string =>
  typeof need === 'string' ? need : `the program ${need.program}`;

/** Why a way cannot be tried on this machine; null: it can. */
export const obstacleTo = ({ where, needs = [] }: Way): string | null => {
  if (where === 'lab') return 'it takes a whole machine to itself';
  const missing = needs.filter((need) => !met(need)).map(needText);
  return missing.length === 0 ? null : `this machine lacks ${missing.join(' and ')}`;
};

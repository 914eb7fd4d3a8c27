import type { Need, Way } from '../way.ts';
import { hasController, unifiedRoot } from './cgroup.ts';
import { findProgram } from './programs.ts';
import { hasTracing, isRoot } from './tracing.ts';

const met = (need: Need): boolean => {
  if (need === 'root') return isRoot();
  if (need === 'tracefs') return hasTracing();
  if (need === 'a memory cgroup') return isRoot() && hasController('memory');
  if (need === 'a pids cgroup') return isRoot() && hasController('pids');
  if (need === 'cgroup v2') return isRoot() && unifiedRoot() !== null;
  return findProgram(need.program) !== null;
};

const needText = (need: Need): string =>
  typeof need === 'string' ? need : `the program ${need.program}`;

/** Why a way cannot be tried on this machine; null: it can. */
export const obstacleTo = ({ needs = [] }: Pick<Way, 'needs'>): string | null => {
  const missing = needs.filter((need) => !met(need)).map(needText);
  return missing.length === 0 ? null : `this machine lacks ${missing.join(' and ')}`;
};

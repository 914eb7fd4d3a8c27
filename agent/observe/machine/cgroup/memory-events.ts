import { dirname, join } from 'node:path';
import { textOf } from '../../../os/text-of.ts';
import { entry } from './numbers.ts';

/** What a cgroup has counted since it was made (memory.events of cgroup-v2 of the kernel's documentation). */
export interface MemoryCounts {
  kills: number;
  groupKills: number;
  limitHits: number;
  /** How often a limit left nothing to take back: its own, or one above it. */
  ooms: number;
}

/** Deeper than systemd nests. */
const maxDepth = 12;

const limitOoms = (root: string, path: string): number => {
  let sum = 0;
  for (let at = path, depth = 0; depth < maxDepth; depth += 1) {
    sum += entry(textOf(join(root, at, 'memory.events.local')), 'oom');
    if (at === '/') break;
    at = dirname(at);
  }
  return sum;
};

/**
 * @param root where cgroup v2 is mounted
 * @param path of the group, from there
 * @returns null where the group is gone, or its memory is not accounted for
 */
export const readMemoryEvents = (root: string, path: string): MemoryCounts | null => {
  const text = textOf(join(root, path, 'memory.events'));
  if (text === null) return null;
  return {
    kills: entry(text, 'oom_kill'),
    groupKills: entry(text, 'oom_group_kill'),
    limitHits: entry(text, 'max'),
    ooms: limitOoms(root, path),
  };
};

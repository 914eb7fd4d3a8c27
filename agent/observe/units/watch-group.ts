import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/**
 * Calls `onChange` when the last process of a cgroup is gone, or the first is there, or it is removed: the kernel tells
 * that of `cgroup.events` (cgroup-v2 of its documentation). Where it cannot be watched nothing is told.
 * @returns stops it
 */
export const watchGroup = (root: string, group: string, onChange: () => void): (() => void) => {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(join(root, group, 'cgroup.events'), { persistent: false }, onChange);
    watcher.on('error', onChange);
  } catch {
    // It is gone already; who asks systemd next sees that.
  }
  return () => watcher?.close();
};

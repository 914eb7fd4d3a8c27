import { join } from 'node:path';
import { type Kernel, sessionGroup } from '../../model/cgroup.ts';
import { groupPathOf } from '../../os/group-path.ts';
import type { PaneRow } from '../../protocol/link.ts';
import { moveTree } from './stragglers.ts';

export type PlacedPane = Pick<PaneRow, 'tmuxId' | 'pid'>;

const keyOf = ({ tmuxId, pid }: PlacedPane): string => `${tmuxId} ${pid}`;

/** The panes of one server that are where they belong: each is looked at once. */
export const createPlacedPanes = (unit: string, kernel: Kernel) => {
  const server = join(unit, 'server');
  const serverPath = server.slice(kernel.cgroup.length);
  const placed = new Set<string>();
  return {
    /**
     * Moves those that began in the cgroup of the server. A pane that a group of sessions shares is placed with the
     * first of them.
     * @returns whether there were any: their launcher was bypassed
     * @throws as write(2), where nothing may be moved
     */
    async place(panes: readonly PlacedPane[]): Promise<boolean> {
      let bypassed = false;
      for (const pane of panes) {
        if (placed.has(keyOf(pane))) continue;
        // One that was joined from another session stays in the cgroup it began in: its memory is counted there.
        if (groupPathOf(pane.pid, kernel) === serverPath) {
          bypassed = true;
          await moveTree(pane.pid, server, sessionGroup(unit, pane.tmuxId), kernel);
        }
        placed.add(keyOf(pane));
      }
      const present = new Set(panes.map(keyOf));
      for (const key of placed) if (!present.has(key)) placed.delete(key);
      return bypassed;
    },
  };
};

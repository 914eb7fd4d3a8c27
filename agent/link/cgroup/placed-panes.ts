import { join } from 'node:path';
import { type Kernel, sessionGroup } from '../../model/cgroup.ts';
import { groupPathOf } from '../../os/group-path.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { moveTree } from './stragglers.ts';

export type PlacedPane = Pick<PaneRow, 'tmuxId' | 'pid'>;

export interface Placing {
  /** There were panes in the cgroup of the server: their launcher was bypassed. */
  bypassed: boolean;
  /** The first of what write(2) said where a pane could not be moved. */
  failure: Error | null;
}

const keyOf = ({ tmuxId, pid }: PlacedPane): string => `${tmuxId} ${pid}`;

/** The panes of one server that are where they belong: each is looked at once. */
export const createPlacedPanes = (unit: string, kernel: Kernel) => {
  const server = join(unit, 'server');
  const serverPath = server.slice(kernel.cgroup.length);
  const placed = new Set<string>();
  return {
    /**
     * Moves those that began in the cgroup of the server. A pane that a group of sessions shares is placed with the
     * first of them. One that cannot be moved keeps no other from its place.
     */
    async place(panes: readonly PlacedPane[]): Promise<Placing> {
      const placing: Placing = { bypassed: false, failure: null };
      for (const pane of panes) {
        if (placed.has(keyOf(pane))) continue;
        try {
          // One that was joined from another session stays in the cgroup it began in: its memory is counted there.
          if (groupPathOf(pane.pid, kernel) === serverPath) {
            placing.bypassed = true;
            await moveTree(pane.pid, server, sessionGroup(unit, pane.tmuxId), kernel);
          }
          placed.add(keyOf(pane));
        } catch (cause) {
          placing.failure ??= cause as Error;
        }
      }
      const present = new Set(panes.map(keyOf));
      for (const key of placed) if (!present.has(key)) placed.delete(key);
      return placing;
    },
  };
};

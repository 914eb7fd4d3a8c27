import type { LimitsByName, SessionGroups } from '../cgroup/session-groups.ts';
import type { FullListing } from '../tmux/full-listing.ts';
import type { Troubles } from './troubles.ts';
import type { Watched } from './watched.ts';

/** Keeps the cgroups of one server's sessions as its listings and the configuration say. */
export interface Limiting {
  /** The newest listing counts. Nobody waits: to lower a limit may take the kernel seconds. */
  arrange(listing: FullListing): void;
  setLimits(limits: LimitsByName): void;
}

export const createLimiting = (
  groups: SessionGroups,
  watched: Watched,
  troubles: Troubles,
): Limiting => {
  let limits: LimitsByName = {};
  let newest: FullListing | null = null;
  let isBusy = false;
  let lacked: string | null = null;

  const arrangeOne = async ({ pid, rows, panes, nextSession }: FullListing): Promise<void> => {
    const { instance } = watched;
    if (instance?.pid !== pid) return;
    const lacking = await groups.arrange(instance, { sessions: rows, panes, nextSession }, limits);
    // What is lacking now may be something else.
    if (lacking === null || lacking !== lacked) troubles.over('limits');
    lacked = lacking;
    if (lacking !== null) troubles.report('limits', lacking);
  };
  const work = async (): Promise<void> => {
    isBusy = true;
    try {
      for (let listing = newest; listing && !watched.isClosed; listing = newest) {
        newest = null;
        await arrangeOne(listing);
      }
    } catch (cause) {
      troubles.report('limits', cause);
    } finally {
      isBusy = false;
    }
  };
  return {
    arrange(listing) {
      newest = listing;
      if (!isBusy) void work();
    },
    setLimits(wanted) {
      limits = wanted;
    },
  };
};

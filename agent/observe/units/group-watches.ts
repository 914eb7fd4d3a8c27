import type { watchGroup } from './watch-group.ts';

/** A cgroup of one run of a unit: the next run has another one, under the same path. */
export interface Watched {
  run: string;
  group: string;
}

/** Watches the cgroups it is told to keep, and no others. */
export const createGroupWatches = (
  root: string,
  watch: typeof watchGroup,
  onChange: () => void,
) => {
  const watched = new Map<string, () => void>();
  return {
    keep(groups: readonly Watched[]): void {
      for (const [run, stop] of watched) {
        if (groups.some((one) => one.run === run)) continue;
        stop();
        watched.delete(run);
      }
      for (const { run, group } of groups) {
        if (!watched.has(run)) watched.set(run, watch(root, group, onChange));
      }
    },
  };
};

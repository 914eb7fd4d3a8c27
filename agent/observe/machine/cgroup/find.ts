import { join } from 'node:path';
import { delegatedUnit, isSessionGroup, type Kernel, sessionGroup } from '../../../model/cgroup.ts';
import type { Life } from '../../../model/state.ts';
import { groupPathOf } from '../../../os/group-path.ts';

/**
 * The cgroup that is the session's own, as a directory; null where it has none. Not by what a link says: by where its
 * panes are. One pane elsewhere, as one that was joined from another session, and the numbers would not be its own. One
 * whose program has ended is nowhere.
 */
export const ownGroup = ({ tmuxId, panes }: Life, kernel: Kernel): string | null => {
  const running = panes.filter(({ pid }) => pid > 0);
  const paths = new Set(running.flatMap(({ pid }) => groupPathOf(pid, kernel) ?? []));
  const [path] = paths;
  const isOwn = path && paths.size === 1 && isSessionGroup(path, tmuxId);
  return isOwn ? join(kernel.cgroup, path) : null;
};

/** Where the cgroup of a session is once its panes are gone: beside that of its server, if that is delegated. */
export const groupBeside = (
  { instance, tmuxId }: Pick<Life, 'instance' | 'tmuxId'>,
  kernel: Kernel,
): string | null => {
  const unit = delegatedUnit(groupPathOf(instance.pid, kernel) ?? '');
  return unit === null ? null : join(kernel.cgroup, sessionGroup(unit, tmuxId));
};

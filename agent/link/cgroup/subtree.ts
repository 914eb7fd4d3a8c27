import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { delegatedUnit, type Kernel } from '../../model/cgroup.ts';
import { groupPathOf } from '../../os/group-path.ts';

/** `unit`: the directory below which a session may have a cgroup of its own. `none`: why there is nothing of the kind. */
export type Subtree = { kind: 'delegated'; unit: string } | { kind: 'none'; why: string };

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const none = (why: string): Subtree => ({ kind: 'none', why });

/**
 * The part of the cgroup tree that systemd delegated with a tmux server. To move a process within it one needs to be
 * able to write the list of processes of the cgroup above both (cgroups(7), delegation): from where one does it does
 * not matter.
 */
export const findSubtree = (serverPid: number, kernel: Kernel): Subtree => {
  if (!existsSync(join(kernel.cgroup, 'cgroup.controllers'))) {
    return none(`there is no cgroup v2 at ${kernel.cgroup}`);
  }
  const path = groupPathOf(serverPid, kernel);
  if (path === null) return none('the cgroup of the server cannot be read');
  const delegated = delegatedUnit(path);
  if (delegated === null) {
    return none('no unit with Delegate=yes and DelegateSubgroup=server runs the server');
  }
  const unit = join(kernel.cgroup, delegated);
  const needed = [unit, join(unit, 'cgroup.procs'), join(unit, 'cgroup.subtree_control')];
  return needed.every(isWritable)
    ? { kind: 'delegated', unit }
    : none(`the cgroup of the server is not this user's to write: ${unit}`);
};

import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the kernel shows processes and cgroups; tests have directories of their own. */
export interface Kernel {
  readonly proc: string;
  /** The root of cgroup v2. */
  readonly cgroup: string;
}

export const realKernel: Kernel = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

/** The `DelegateSubgroup=` of holdfast-tmux@.service, where the tmux server itself is. */
const serverGroup = 'server';

/** `unit`: the directory below which a session may have a cgroup of its own. `none`: why there is nothing of the kind. */
export type Subtree = { kind: 'delegated'; unit: string } | { kind: 'none'; why: string };

/** The path of a process in cgroup v2, from its root (cgroups(7)); null when it is gone. */
export const groupPathOf = (pid: number, { proc }: Kernel): string | null => {
  try {
    const lines = readFileSync(join(proc, String(pid), 'cgroup'), 'utf8').split('\n');
    return lines.find((line) => line.startsWith('0::'))?.slice(3) ?? null;
  } catch {
    return null;
  }
};

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
  if (!path.endsWith(`/${serverGroup}`) || path.split('/').includes('..')) {
    return none('no unit with Delegate=yes and DelegateSubgroup=server runs the server');
  }
  const unit = join(kernel.cgroup, path.slice(0, -serverGroup.length - 1));
  const needed = [unit, join(unit, 'cgroup.procs'), join(unit, 'cgroup.subtree_control')];
  return needed.every(isWritable)
    ? { kind: 'delegated', unit }
    : none(`the cgroup of the server is not this user's to write: ${unit}`);
};

/** The cgroup of a session: named by its id, because names are the owner's and change. */
export const sessionGroup = (unit: string, tmuxId: string): string =>
  join(unit, `session-${tmuxId.slice(1)}`);

/** Where the kernel shows processes and cgroups; tests have directories of their own. */
export interface Kernel {
  readonly proc: string;
  /** The root of cgroup v2. */
  readonly cgroup: string;
}

export const realKernel: Kernel = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

/** The `DelegateSubgroup=` of holdfast-tmux@.service, where the tmux server itself is. */
const serverGroup = '/server';

/** The path in cgroup v2, from its root, that /proc/PID/cgroup names (cgroups(7)); null where it names none. */
export const unifiedPath = (text: string): string | null =>
  text
    .split('\n')
    .find((line) => line.startsWith('0::'))
    ?.slice(3) ?? null;

/** A path that leads out of the root, as from within a cgroup namespace, leads anywhere. */
export const leadsOut = (path: string): boolean => path.split('/').includes('..');

/** Whether a cgroup is another one, or below it. */
export const isInGroup = (group: string, outer: string): boolean =>
  group === outer || group.startsWith(`${outer}/`);

/** What systemd delegated with a tmux server, by the path of the server; null where it delegated nothing. */
export const delegatedUnit = (path: string): string | null =>
  path.endsWith(serverGroup) && !leadsOut(path) ? path.slice(0, -serverGroup.length) : null;

/** The cgroup of a session in that of its unit: named by its id, because names are the owner's and change. */
export const sessionGroup = (unit: string, tmuxId: string): string =>
  `${unit}/session-${tmuxId.slice(1)}`;

export const isSessionGroup = (path: string, tmuxId: string): boolean =>
  path.endsWith(sessionGroup('', tmuxId)) && !leadsOut(path);

import {
  delegatedUnit,
  isInGroup,
  type Kernel,
  leadsOut,
  realKernel,
  sessionGroup,
} from '../model/cgroup.ts';
import type { Instance } from '../model/events/server.ts';
import { isRunning } from '../model/life.ts';
import type { Life, State } from '../model/state.ts';
import { groupPathOf } from '../os/group-path.ts';
import { statOf } from './machine/procfs.ts';

/** Deeper trees than this are not walked. */
const maxAncestors = 64;

/** What /proc says of where a process comes from. */
export interface Origin {
  /** The process itself, its parent, and so on. */
  line: Instance[];
  /** Its cgroup; null: none is known. */
  group: string | null;
}

/** Empty where it is gone. */
const lineOf = (pid: number): Instance[] => {
  const line: Instance[] = [];
  for (let current = pid; current > 0 && line.length <= maxAncestors; ) {
    const stat = statOf(current);
    if (!stat) break;
    line.push({ pid: stat.pid, startTime: stat.startTime });
    current = stat.ppid;
  }
  return line;
};

export const originOf = (pid: number, kernel: Kernel = realKernel): Origin => ({
  line: lineOf(pid),
  group: groupPathOf(pid, kernel),
});

/** A pane's leader under that very server: a pid alone may be another process by now, or be made up. */
const keyOf = ({ pid, startTime }: Instance, leader: number): string =>
  `${pid} ${startTime} ${leader}`;

/** A leader is a child of its server: what an owner's link calls a pane may be a process of somebody else's. */
const byLine = ({ lives }: State, line: readonly Instance[]): Life | null => {
  const leaders = new Map<string, Life>();
  for (const life of Object.values(lives)) {
    for (const { pid } of life.panes) leaders.set(keyOf(life.instance, pid), life);
  }
  for (const [i, { pid }] of line.entries()) {
    const parent = line[i + 1];
    const life = parent && leaders.get(keyOf(parent, pid));
    if (life) return life;
  }
  return null;
};

/** In a cgroup that systemd delegated with a server nobody but its owner can put a process. */
const byGroup = ({ servers, lives }: State, group: string, kernel: Kernel): Life | null => {
  if (leadsOut(group) || !/\/session-\d+(?:\/|$)/.test(group)) return null;
  const units = new Map<string, string | null>();
  for (const { server, status, instance } of Object.values(servers)) {
    const path = isRunning({ status }) && instance ? groupPathOf(instance.pid, kernel) : null;
    units.set(server, delegatedUnit(path ?? ''));
  }
  const isIn = ({ server, tmuxId }: Life): boolean => {
    const unit = units.get(server);
    return unit ? isInGroup(group, sessionGroup(unit, tmuxId)) : false;
  };
  return Object.values(lives).find(isIn) ?? null;
};

/**
 * The life a process runs in; null: it comes from outside. By its ancestors: they tell also where a pane was moved to, and
 * which tmux inside another one it is. A process that has left them is known by the cgroup of its session, where it has one.
 */
export const lifeOf = (
  state: State,
  { line, group }: Origin,
  kernel: Kernel = realKernel,
): Life | null => byLine(state, line) ?? (group === null ? null : byGroup(state, group, kernel));

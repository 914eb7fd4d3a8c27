import type { Requester } from '../model/events/action.ts';
import type { Instance } from '../model/events/server.ts';
import type { State } from '../model/state.ts';
import { statOf } from './machine/procfs.ts';

/** Deeper trees than this are not walked. */
const maxAncestors = 64;

/** A pane's leader under that very server: a pid alone may be another process by now, or be made up. */
const keyOf = ({ pid, startTime }: Instance, leader: number): string =>
  `${pid} ${startTime} ${leader}`;

/**
 * The session a process runs in, found by walking up to a pane's leader; null: it comes from outside. A leader is a
 * child of its server: what an owner's link calls a pane may be a process of somebody else's.
 */
export const sessionOfProcess = (state: State, pid: number): string | null => {
  const leaders = new Map<string, string>();
  for (const { session, panes, instance } of Object.values(state.lives)) {
    for (const { pid } of panes) leaders.set(keyOf(instance, pid), session);
  }
  let current = pid;
  for (let i = 0; i < maxAncestors && current > 1; i += 1) {
    const parent = statOf(statOf(current)?.ppid ?? 0);
    if (parent === null) return null;
    const session = leaders.get(keyOf(parent, current));
    if (session !== undefined) return session;
    current = parent.pid;
  }
  return null;
};

/** Who asks, by the kernel's word; uid and pid are -1 where it gives none. */
export const requester = (
  state: State,
  credentials: { pid: number; uid: number } | null,
): Requester => {
  if (!credentials) return { uid: -1, pid: -1, session: null };
  const { pid, uid } = credentials;
  return { uid, pid, session: sessionOfProcess(state, pid) };
};

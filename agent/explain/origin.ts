import type { Ancestor, SeenProcess } from '../model/witnessed.ts';
import type { Evidence, KnownPane } from './evidence.ts';
import { isProcess } from './process.ts';
import { groupInUnit, systemUnit } from './unit.ts';

/** Where in tmux a process came from. */
export interface Origin {
  session: string;
  /** Null: its cgroup tells the session, and not the pane. */
  pane: string | null;
}

const byAncestry = (seen: SeenProcess, panes: Evidence['panes'] = {}): Origin | null => {
  const line: readonly Ancestor[] = [seen, ...seen.ancestry];
  for (const one of line) {
    const known = panes[one.pid];
    // An owner may call any pid a pane, and everything comes from the first process.
    if (one.pid > 1 && known && isProcess(one, { pid: one.pid, startTime: known.startTime })) {
      return { session: known.session, pane: known.pane };
    }
  }
  return null;
};

/**
 * A managed server has a cgroup for each session, named by its id, in that of its unit, which is named after the owner.
 * Only the name of a unit of the first systemd counts: below their own groups, owners make any name.
 */
const byCgroup = ({ cgroup }: SeenProcess, panes: Evidence['panes'] = {}): Origin | null => {
  const owner = /^holdfast-tmux@(.+)\.service$/.exec(systemUnit(cgroup) ?? '')?.[1];
  const number = /^session-(\d+)$/.exec(groupInUnit(cgroup) ?? '')?.[1];
  if (owner === undefined || number === undefined) return null;
  const isThere = (pane: KnownPane): boolean =>
    pane.tmuxId === `$${number}` && pane.owner === owner;
  const sessions = new Set(
    Object.values(panes).flatMap((pane) => (isThere(pane) ? pane.session : [])),
  );
  const [session] = sessions;
  return session !== undefined && sessions.size === 1 ? { session, pane: null } : null;
};

/**
 * The session a process came from, as far as is known: by a pane above it, or by its cgroup. An owner may move what is
 * his among his own sessions, and into nobody else's: the kernel asks for a right to the group above both.
 */
export const originOf = (seen: SeenProcess, { panes }: Evidence): Origin | null =>
  byAncestry(seen, panes) ?? byCgroup(seen, panes);

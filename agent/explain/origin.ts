import type { Ancestor, SeenProcess } from '../model/witnessed.ts';
import type { Evidence, KnownPane } from './evidence.ts';
import { isProcess } from './trace/process.ts';

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
    if (known && isProcess(one, { pid: one.pid, startTime: known.startTime })) {
      return { session: known.session, pane: known.pane };
    }
  }
  return null;
};

/** A managed server has a cgroup for each session, named by its id, in that of a unit named after the owner. */
const byCgroup = ({ cgroup }: SeenProcess, panes: Evidence['panes'] = {}): Origin | null => {
  const [, owner, number] = /@([^/]+)\.service\/session-(\d+)(?:\/|$)/.exec(cgroup ?? '') ?? [];
  if (number === undefined) return null;
  const isThere = (pane: KnownPane): boolean =>
    pane.tmuxId === `$${number}` && pane.owner === owner;
  const sessions = new Set(
    Object.values(panes).flatMap((pane) => (isThere(pane) ? pane.session : [])),
  );
  const [session] = sessions;
  return session !== undefined && sessions.size === 1 ? { session, pane: null } : null;
};

/** The session a process came from, as far as is known: by a pane above it, or by its cgroup, which it cannot leave. */
export const originOf = (seen: SeenProcess, { panes }: Evidence): Origin | null =>
  byAncestry(seen, panes) ?? byCgroup(seen, panes);

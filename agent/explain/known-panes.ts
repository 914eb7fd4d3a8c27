import type { DeathRecord } from '../model/events/death.ts';
import type { State } from '../model/state.ts';
import type { KnownPane } from './evidence.ts';

type Holder = Pick<DeathRecord, 'session' | 'server' | 'tmuxId'> & {
  panes: readonly { id: string; pid: number; startTime: number }[];
};

/** Every pane that something may have come from, by the pid of its leader: those that live, and those that died. */
export const knownPanes = (
  state: State,
  deaths: readonly DeathRecord[],
): Record<number, KnownPane> => {
  const panes: Record<number, KnownPane> = {};
  // What comes from a unit is told by its cgroup.
  const sessions = deaths.filter(({ unit }) => !unit);
  const holders: readonly Holder[] = [...sessions, ...Object.values(state.lives)];
  for (const { session, server, tmuxId, panes: held } of holders) {
    const known = state.servers[server];
    const owner = known?.managed ? (known.owner ?? null) : null;
    for (const { id: pane, pid, startTime } of held) {
      // The panes of a group are the same in all of its sessions. One without a start time nobody has looked at.
      if (panes[pid]?.startTime) continue;
      if (startTime !== 0 || !panes[pid]) panes[pid] = { session, pane, startTime, tmuxId, owner };
    }
  }
  return panes;
};

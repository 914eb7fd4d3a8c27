import type { DeathRecord } from '../../model/events/death.ts';
import type { Evidence } from '../evidence.ts';
import { unitOfSocket } from '../unit.ts';

/** When something ended, ms since the epoch. */
export interface Moment {
  from: number;
  until: number;
}

/** A death lies between these; tmux writes an exit down in whole seconds. */
export const momentOf = ({ lastSeen, found, exit }: DeathRecord): Moment => {
  const from = Math.min(lastSeen, found);
  return { from: exit ? Math.min(Math.max(exit.at, from), found) : from, until: found };
};

/** When the server ended: between the last sight of its sessions and the news of its end. */
export const serverMoment = ({
  serverEnd,
  deaths,
}: Pick<Evidence, 'serverEnd' | 'deaths'>): Moment | null => {
  if (!serverEnd) return null;
  const seen = deaths.map(({ lastSeen }) => lastSeen);
  const found = deaths.map((death) => death.found);
  return {
    from: Math.min(serverEnd.at, ...seen),
    until: Math.max(serverEnd.at, ...found),
  };
};

/** The unit of a managed server. */
export const serverUnit = ({ server }: Evidence): string | null => unitOfSocket(server.socket);

/** The cgroup of a session in that of its server's unit; null: it has none. */
export const isSessionGroup = (
  evidence: Evidence,
  { tmuxId }: DeathRecord,
  group: string | null,
): boolean => {
  const unit = serverUnit(evidence);
  return unit !== null && (group ?? '').endsWith(`/${unit}/session-${tmuxId.slice(1)}`);
};

/** Whether how it ended leaves room for SIGKILL, or a shell that hands one on. */
export const mayBeKilled = ({ exit }: DeathRecord): boolean =>
  exit === null || exit.signal === 9 || exit.status === 128 + 9;

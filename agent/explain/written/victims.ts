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

/** All of these lie between the last sight of the first and the news of the last. */
export const spanOf = (deaths: readonly DeathRecord[]): Moment => ({
  from: Math.min(...deaths.map(({ lastSeen, found }) => Math.min(lastSeen, found))),
  until: Math.max(...deaths.map(({ found }) => found)),
});

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

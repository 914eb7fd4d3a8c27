import type { DeathRecord } from '../model/events/death.ts';
import type { Evidence } from './evidence.ts';

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

/** When the first of these ended at the earliest. */
export const beginningOf = ({
  deaths,
  serverEnd,
}: Pick<Evidence, 'deaths' | 'serverEnd'>): number => {
  const ofServer = serverMoment({ deaths, serverEnd })?.from ?? Infinity;
  return Math.min(ofServer, ...deaths.map((death) => momentOf(death).from));
};

import { deathsOf } from '../../model/death-in.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import type { IncidentReport } from '../../protocol/agent.ts';

export interface Deaths {
  /** The one shown in full; null when a server died without sessions. */
  shown: DeathRecord | null;
  others: DeathRecord[];
}

/** The deaths of an incident; the session asked for is shown in full, else whichever died first. */
export const deathsIn = ({ events }: IncidentReport, session: string | null): Deaths => {
  const deaths = deathsOf(events);
  const shown = deaths.find((death) => death.session === session) ?? deaths[0] ?? null;
  return { shown, others: deaths.filter((death) => death !== shown) };
};

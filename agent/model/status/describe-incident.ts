import type { Incident } from '../state.ts';
import type { IncidentSummary } from './incident-summary.ts';

/** An incident in a list; what the verdict would say is empty until it is reached. */
export const describeIncident = ({
  incident,
  server,
  openedAt,
  sessions,
  verdict,
  acknowledged,
}: Incident): IncidentSummary => ({
  incident,
  server,
  at: openedAt,
  sessions,
  cause: verdict?.cause ?? '',
  confidence: verdict?.confidence ?? '',
  summary: verdict?.summary ?? '',
  acknowledgedAt: acknowledged?.at ?? null,
});

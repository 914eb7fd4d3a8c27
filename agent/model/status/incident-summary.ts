export interface IncidentSummary {
  incident: string;
  server: string;
  at: number;
  sessions: string[];
  cause: string;
  confidence: string;
  summary: string;
  /** When a person said that he knows; null: nobody has. */
  acknowledgedAt?: number | null;
}

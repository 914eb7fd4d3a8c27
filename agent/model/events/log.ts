/** Events about the log itself. */
export interface LogEvents {
  'log.quarantined': { file: string; reason: string; salvaged: number };
  'log.degraded': { code: string; message: string };
  'log.recovered': { queued: number; afterMs: number };
  /** A subscriber asked for events that retention has deleted, or that were never stored. */
  'events.gap': { from: number; to: number; reason: 'retention' | 'log-rebuilt' | 'not-stored' };
}

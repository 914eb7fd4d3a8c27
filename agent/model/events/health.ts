import type { CheckName, HealthStatus } from '../health.ts';

/** Events about how sessions are, beyond that they are there. */
export interface HealthEvents {
  'health.changed': {
    session: string;
    server: string;
    life: string;
    /** Null: it was not looked at before. */
    from: HealthStatus | null;
    /** `unwatched`: the configuration asks for no check of it any more. */
    to: HealthStatus | 'unwatched';
    /** The check that decided it; null: all of them, or none yet. */
    check: CheckName | null;
    /** What that check found, in words, redacted, at most 200 characters. */
    reason: string;
  };
}

import type { SessionStatus } from '../../model/status.ts';

/** What an agent may say of a session besides; which fields it knows depends on its release. */
export interface Reported {
  restarts: number | null;
  /** Brought back too often: it stays down until a person starts it. */
  suspended: boolean;
  /** A word for how it fares: its check of health, or its bot's connection; null: nothing is said. */
  health: string | null;
}

const maxWord = 16;

const wordOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' ? null : value.slice(0, maxWord);
  if (typeof value !== 'object' || value === null) return null;
  const { state, status } = value as { state?: unknown; status?: unknown };
  return wordOf(typeof state === 'string' ? state : typeof status === 'string' ? status : null);
};

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false;

/** Reads fields that may be missing or of another shape than today's. */
export const reportedOf = (session: SessionStatus): Reported => {
  const { restarts, suspended, suspendedAt, breaker, health, connection } =
    session as unknown as Record<string, unknown>;
  return {
    restarts: typeof restarts === 'number' && Number.isFinite(restarts) ? restarts : null,
    suspended: isSaid(suspended) || isSaid(suspendedAt) || wordOf(breaker) === 'open',
    health: wordOf(health) ?? wordOf(connection),
  };
};

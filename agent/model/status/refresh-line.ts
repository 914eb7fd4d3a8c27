import type { KnownLogin, RefreshHold } from '../events/refresh.ts';
import type { Refreshing, RefreshNotes, RefreshOutcome, RefreshWait } from '../refresh.ts';

/** The login of the bot of a session or unit, as people are told of it. Times are ms since the epoch. */
export interface RefreshLine {
  /** Null: it is not up, or nobody asked for it; then the next are null, too. */
  login: KnownLogin | null;
  /** When it is to be renewed, and runs out; null: nobody knows. */
  dueAt: number | null;
  endsAt: number | null;
  /** Why it is not renewed yet, though it is due; null: it is not due, or nothing keeps it. */
  waits: RefreshWait | null;
  /** A refresh that is being tried. */
  underWay: Pick<Refreshing, 'refresh' | 'way' | 'startedAt' | 'until'> | null;
  held: { reason: RefreshHold; since: number } | null;
  /** The newest that ended; `why` is empty where it worked. */
  last: RefreshNotes['last'];
  /** Refreshes since the session or unit was declared. */
  counts: Record<RefreshOutcome, number>;
  /** How long the newest logins lasted: those that ran out, and those that were renewed before. */
  lasted: { expired: Lasted | null; renewed: Lasted | null };
}

export interface Lasted {
  count: number;
  minMs: number;
  medianMs: number;
}

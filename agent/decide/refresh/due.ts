import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { KnownLogin, RefreshReason } from '../../model/events/refresh.ts';

export interface Due {
  reason: RefreshReason;
  /** From when on it is to be renewed, ms since the epoch. */
  at: number;
  /** When it runs out. */
  endsAt: number;
}

type Policy = Pick<SessionRefresh, 'maxAgeMs' | 'beforeMs'>;

/** When a login is to be renewed; null: nobody knows when it runs out. */
export const dueOf = (
  { since, expiresAt }: KnownLogin,
  { maxAgeMs, beforeMs }: Policy,
): Due | null => {
  const oldest = maxAgeMs === null ? Number.POSITIVE_INFINITY : since + maxAgeMs;
  const endsAt = Math.min(oldest, expiresAt ?? Number.POSITIVE_INFINITY);
  if (endsAt === Number.POSITIVE_INFINITY) return null;
  // Of one that lasts a moment `before` may be more than all of its time.
  const lead = Math.min(beforeMs, Math.max(0, endsAt - since) / 2);
  const reason = endsAt === expiresAt ? 'expiry' : 'age';
  return { reason, at: endsAt - lead, endsAt };
};

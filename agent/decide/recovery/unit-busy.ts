import { findUnit } from '../../model/find.ts';
import type { Home } from '../../model/homes.ts';
import type { State } from '../../model/state.ts';

/** So long systemd may take for what it was asked for, before it is asked anew: its usual limits of a stop and a start. ms */
const slowMs = 180_000;

/**
 * Until when systemd may still be at a restart of a unit that was not seen to its end: it has the same life yet. ms since the
 * epoch; null: it is not.
 */
export const unitBusyUntil = (
  state: Pick<State, 'units' | 'attempts'>,
  { session, life }: Pick<Home, 'session' | 'life'>,
  now: number,
): number | null => {
  const unit = findUnit(state, session);
  const last = state.attempts[session]?.findLast(({ at }) => at <= now);
  if (unit?.life !== life || !last?.lost) return null;
  return last.at < unit.since || now - last.at >= slowMs ? null : last.at + slowMs;
};

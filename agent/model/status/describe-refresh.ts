import { type LoginLifetime, noRefreshes, notesOf } from '../refresh.ts';
import type { LifeSample } from '../samples.ts';
import { lowerMedianOf } from '../series.ts';
import type { State } from '../state.ts';
import type { Lasted, RefreshLine } from './refresh-line.ts';

const lasted = (
  lifetimes: readonly LoginLifetime[],
  wanted: LoginLifetime['end'],
): Lasted | null => {
  const known = lifetimes.filter(({ end }) => end === wanted).map(({ ms }) => ms);
  if (known.length === 0) return null;
  return { count: known.length, minMs: Math.min(...known), medianMs: lowerMedianOf(known) };
};

/** The login of a declared session or unit; null: nobody asked for it, and nothing was seen of one that ended. */
export const describeRefresh = (
  state: State,
  session: string,
  sample: LifeSample | undefined,
): RefreshLine | null => {
  const notes = notesOf(state, session);
  const planned = sample?.refresh;
  if (notes === noRefreshes && !planned) return null;
  const { underWay, held, last, lifetimes, counts } = notes;
  return {
    login: planned?.login ?? null,
    dueAt: planned?.dueAt ?? null,
    endsAt: planned?.endsAt ?? null,
    waits: planned?.waits ?? null,
    underWay: underWay && {
      ...{ refresh: underWay.refresh, way: underWay.way },
      ...{ startedAt: underWay.startedAt, until: underWay.until },
    },
    held: held && { reason: held.reason, since: held.since },
    last,
    counts: {
      ...{ done: counts.done ?? 0, failed: counts.failed ?? 0 },
      'needs-person': counts['needs-person'] ?? 0,
    },
    lasted: { expired: lasted(lifetimes, 'expired'), renewed: lasted(lifetimes, 'renewed') },
  };
};

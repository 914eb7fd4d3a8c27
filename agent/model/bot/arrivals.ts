import { moreSince } from '../counter.ts';

/** Messages that the bots of a session received, by when they were counted: what bots tell are totals. */
export interface Arrivals {
  /** Since when each of them has been counted, ms since the epoch. */
  readonly since: number;
  /** When some were counted last; null: none yet. */
  readonly lastAt: number | null;
  /** When it was counted last. */
  readonly at: number;
  /** ms. */
  readonly slotMs: number;
  /** Those that hold messages, oldest first. */
  readonly slots: readonly { readonly slot: number; readonly count: number }[];
  readonly totals: readonly Total[];
}

/** What a bot says it received since it started, by its own clock. */
export interface Total {
  readonly bot: string;
  readonly startedAt: number;
  readonly count: number;
}

/** A time is counted in so many parts: a message counts for up to one of them too long. */
const slotsOfTime = 60;

/** What came since it was asked last. Of one nobody knew nothing is new. */
const since = (known: readonly Total[], now: Total): { isNew: boolean; more: number } => {
  const before = known.find((one) => one.bot === now.bot);
  if (!before) return { isNew: true, more: 0 };
  return { isNew: before.startedAt !== now.startedAt, more: moreSince(before, now) };
};

const begun = (at: number, slotMs: number, totals: readonly Total[]): Arrivals => ({
  ...{ since: at, lastAt: null, at, slotMs, slots: [], totals },
});

/**
 * Counts what bots say now.
 * @param totals of the bots that are counted, as they said it last
 * @param withinMs over how long it is counted; another one begins anew, and so does a clock that was set back
 */
export const countArrivals = (
  known: Arrivals | undefined,
  totals: readonly Total[],
  at: number,
  withinMs: number,
): Arrivals => {
  const slotMs = withinMs / slotsOfTime;
  if (!known || known.slotMs !== slotMs || at < known.at) return begun(at, slotMs, totals);
  const news = totals.map((total) => since(known.totals, total));
  const count = news.reduce((sum, { more }) => sum + more, 0);
  const slot = Math.floor(at / slotMs);
  const first = Math.floor((at - withinMs) / slotMs);
  const kept = known.slots.filter((one) => one.slot >= first);
  const last = kept.at(-1);
  const before = last?.slot === slot ? last.count : 0;
  const others = before > 0 ? kept.slice(0, -1) : kept;
  return {
    ...{ at, slotMs, totals },
    since: news.some(({ isNew }) => isNew) ? at : known.since,
    lastAt: count > 0 ? at : known.lastAt,
    slots: count > 0 ? [...others, { slot, count: before + count }] : kept,
  };
};

/** As many as came in the time it is counted over. */
export const arrivedIn = ({ slots }: Arrivals): number =>
  slots.reduce((sum, { count }) => sum + count, 0);

import type { Cause } from './events/incident.ts';

export interface Histogram {
  /** Upper bounds in seconds; the last bucket is +Inf and has no bound. */
  bounds: number[];
  buckets: number[];
  sum: number;
  count: number;
}

/** Totals since the log began; they survive restarts because replay rebuilds them. */
export interface Counts {
  events: number;
  created: number;
  ended: Record<string, number>;
  /** Deaths whose verdict is not yet reached count under no cause. */
  died: number;
  incidents: number;
  diedByCause: Partial<Record<Cause, number>>;
  /** By `CAUSE CONFIDENCE`; an incident that grew has more than one. Snapshots of older releases lack it, as the next. */
  verdicts?: Record<string, number>;
  /** Those of them that name who did it. */
  verdictsNamed?: number;
  serversDied: Record<string, number>;
  /** Deaths of declared units, by the cause; snapshots of older releases lack it, as the next. */
  unitsDiedByCause?: Partial<Record<Cause, number>>;
  /** Ends of declared units, by how they came. */
  unitEnds?: Partial<Record<'died' | 'stopped' | 'finished', number>>;
  restarts: Record<string, number>;
  decisions: Record<string, number>;
  actions: Record<string, number>;
  /** Impossible events, by the reason they were rejected for. */
  rejected: Record<string, number>;
  lifetime: Histogram;
}

/** Lifetimes worth telling apart: a crash loop, minutes, hours, days, weeks. Seconds. */
const lifetimeBounds = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400];

export const emptyCounts = (): Counts => ({
  events: 0,
  created: 0,
  ended: {},
  died: 0,
  incidents: 0,
  diedByCause: {},
  verdicts: {},
  verdictsNamed: 0,
  serversDied: {},
  unitsDiedByCause: {},
  unitEnds: {},
  restarts: {},
  decisions: {},
  actions: {},
  rejected: {},
  lifetime: { bounds: lifetimeBounds, buckets: lifetimeBounds.map(() => 0), sum: 0, count: 0 },
});

import type { SessionStatus } from '../../model/status.ts';

/** What the table may be sorted by; its first letter is the key. */
export const sortKeys = ['memory', 'cpu', 'age', 'name', 'restarts'] as const;

export type SortKey = (typeof sortKeys)[number];

export interface Order {
  by: SortKey;
  /** The other way round. */
  reverse: boolean;
}

/** By code units: localeCompare would load the collation data. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The most of it first. */
const amounts: Readonly<Record<Exclude<SortKey, 'name'>, (session: SessionStatus) => number>> = {
  memory: ({ rssBytes, memoryBytes }) => memoryBytes ?? rssBytes,
  cpu: ({ cpu }) => cpu,
  // The oldest first.
  age: ({ createdAt }) => -(createdAt ?? Number.MAX_SAFE_INTEGER),
  restarts: ({ restarts, deaths }) => restarts ?? deaths,
};

const byName = (a: SessionStatus, b: SessionStatus): number =>
  compare(a.session, b.session) || compare(a.server, b.server);

const byKey = (key: SortKey, a: SessionStatus, b: SessionStatus): number =>
  key === 'name' ? 0 : amounts[key](b) - amounts[key](a);

/** What needs a person comes first in every order, what was stopped last. */
const urgency: readonly SessionStatus['status'][] = ['dead', 'waiting', 'up', 'stopped'];

export const ordered = (
  sessions: readonly SessionStatus[],
  { by, reverse }: Order,
): SessionStatus[] => {
  const sign = reverse ? -1 : 1;
  return [...sessions].sort(
    (a, b) =>
      urgency.indexOf(a.status) - urgency.indexOf(b.status) ||
      sign * (byKey(by, a, b) || byName(a, b)),
  );
};

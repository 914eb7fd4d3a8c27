import { compare } from '../view/session-order.ts';
import type { Entry } from './entry.ts';

/** What the table may be sorted by; its first letter is the key. */
export const sortKeys = ['memory', 'cpu', 'age', 'name', 'restarts'] as const;

type SortKey = (typeof sortKeys)[number];

export interface Order {
  by: SortKey;
  /** The other way round. */
  reverse: boolean;
}

type Amounts = Pick<Entry, 'memory' | 'cpu' | 'startedAt' | 'restarts' | 'deaths'>;

/** The most of it first. */
const amounts: Readonly<Record<Exclude<SortKey, 'name'>, (entry: Amounts) => number>> = {
  memory: ({ memory }) => memory ?? 0,
  cpu: ({ cpu }) => cpu ?? 0,
  // The oldest first.
  age: ({ startedAt }) => -(startedAt ?? Number.MAX_SAFE_INTEGER),
  restarts: ({ restarts, deaths }) => restarts ?? deaths,
};

const byName = (a: Entry, b: Entry): number =>
  compare(a.name, b.name) || compare(a.server, b.server);

const byKey = (key: SortKey, a: Entry, b: Entry): number =>
  key === 'name' ? 0 : amounts[key](b) - amounts[key](a);

export const ordered = <E extends Entry>(entries: readonly E[], { by, reverse }: Order): E[] => {
  const sign = reverse ? -1 : 1;
  return [...entries].sort(
    (a, b) => a.urgency - b.urgency || sign * (byKey(by, a, b) || byName(a, b)),
  );
};

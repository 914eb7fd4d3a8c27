/** How much of each part of the page is shown. */
export interface Layout {
  /** Lines on the terminal that one thing may take: evidence, what was not seen, a deed. */
  lines: number;
  /** Lines that a pattern may take, and as many what would prevent it. */
  pattern: number;
  /** Lines that what came before may take; `all`: each thing has its own. */
  preceded: number;
  evidence: number;
  missing: number;
  /** Deaths besides the one shown in full. */
  others: number;
  deeds: number;
  /** Whether the last screen is shown. */
  screen: boolean;
}

const all = Number.POSITIVE_INFINITY;

const ample: Layout = {
  ...{ lines: 2, pattern: 2, preceded: 2, screen: true },
  ...{ evidence: 6, missing: all, others: 9, deeds: all },
};

const spare = { lines: 1, pattern: 2, preceded: 1, screen: true };

const few = { evidence: 3, missing: 2, others: 3, deeds: 3 };
const fewer = { evidence: 2, missing: 1, others: 2, deeds: 2 };

/** The first that fits the terminal is taken. A small one loses repetition first, the last screen last. */
export const layouts: readonly [Layout, ...Layout[]] = [
  ample,
  { ...ample, lines: 1 },
  { ...ample, lines: 1, evidence: 4, missing: 3, others: 5, deeds: 4 },
  { ...spare, ...few },
  { ...spare, ...fewer },
  { ...spare, ...fewer, evidence: 1, deeds: 1 },
  { ...spare, ...few, screen: false },
  { ...spare, ...fewer, screen: false },
  { ...spare, ...fewer, screen: false, pattern: 1, preceded: 0 },
];

/** `--evidence`: nothing is left out and nothing cut. */
export const everything: Layout = {
  ...{ lines: all, pattern: all, preceded: all, evidence: all, missing: all, others: all },
  deeds: all,
  screen: true,
};

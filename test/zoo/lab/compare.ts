import { aligned } from '../columns.ts';
import type { Grade } from '../grade.ts';
import type { ExpectedDeath, Killer } from '../way.ts';

/** How much of who did it somebody told: all, the pid alone, or neither. */
export type Named = 'named' | 'pid' | 'no';

const best: readonly Named[] = ['named', 'pid', 'no'];

const namedIn = (text: string, { pid, cmdline }: Killer): Named => {
  const lines = text.split('\n').filter((line) => new RegExp(`\\b${pid}\\b`).test(line));
  if (lines.length === 0) return 'no';
  // The command line may stand in another line of the same record.
  return cmdline.every((word) => text.includes(word)) ? 'named' : 'pid';
};

/** By what a rival wrote of these victims. Several killers: each of them is right. */
export const namedBy = (text: string, { killers }: Pick<ExpectedDeath, 'killers'>): Named =>
  best.find((named) => killers.some((killer) => namedIn(text, killer) === named)) ?? 'no';

/** By Holdfast, held to the same. */
export const namedByGrade = (
  { killer }: Pick<Grade, 'killer'>,
  actor: { pid: number } | null | undefined,
  { killers }: Pick<ExpectedDeath, 'killers'>,
): Named => {
  if (killer === 'named') return 'named';
  return killers.some(({ pid }) => pid === actor?.pid) ? 'pid' : 'no';
};

/** One death, and how far each told who did it; in the order of the columns. */
export interface Comparison {
  way: string;
  named: readonly Named[];
}

export interface RivalsTable {
  columns: readonly string[];
  /** What each rival is. */
  sentences: readonly string[];
  rows: readonly Comparison[];
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '' : `${Math.round((100 * part) / whole)} % (${part} of ${whole})`;

/** Aligned columns: a row for each way, and the share of those fully named. */
export const comparisonLines = (
  columns: readonly string[],
  comparisons: readonly Comparison[],
): string[] => {
  const count = (column: number): number =>
    comparisons.filter(({ named }) => named[column] === 'named').length;
  return aligned([
    ['', ...columns],
    ...comparisons.map(({ way, named }) => [way, ...named]),
    ['pid and command line', ...columns.map((_, i) => share(count(i), comparisons.length))],
  ]);
};

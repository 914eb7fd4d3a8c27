/** Waits between attempts, ms: the first, and how long they may get. */
export interface Pace {
  first: number;
  longest: number;
}

/** So much of a wait may be left out, by chance: those that failed together do not try together, again and again. */
export const jitter = 0.2;

/** How long to wait before the next attempt, ms: twice as long each time. `last`: the wait before; null at first. */
export const nextWait = (last: number | null, { first, longest }: Pace): number =>
  last === null ? first : Math.min(longest, last * 2);

/** The same where attempts that failed in a row are counted: the first wait is that after none. ms */
export const waitAfter = (failures: number, { first, longest }: Pace): number =>
  Math.min(longest, first * 2 ** failures);

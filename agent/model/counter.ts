/** A total of a process, which begins at nothing with each start of it. */
export interface Counter {
  /** When the process started; null: it does not say. */
  readonly startedAt: number | null;
  readonly count: number;
}

/** How many more there are now. A process that began anew, or of which nothing was known, counts from nothing. */
export const moreSince = (before: Counter | undefined, now: Counter): number => {
  const known = before?.startedAt === now.startedAt ? before.count : 0;
  return Math.max(0, now.count - known);
};

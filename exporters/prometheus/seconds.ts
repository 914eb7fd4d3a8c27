/** Of a time or a span in ms; null: it is not known. */
export const seconds = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : ms / 1000;

/** How long ago it was, both in ms since the epoch; null: nobody knows. */
export const secondsSince = (at: number | null | undefined, now: number): number | null =>
  at === null || at === undefined ? null : Math.max(0, now - at) / 1000;

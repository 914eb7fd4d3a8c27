/** What stands where a secret stood. */
export const mark = '[redacted]';

/** A secret's place in a text: UTF-16 offsets, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds one kind of secret. Pure, linear in the length of the text. */
export type Finder = (text: string) => Span[];

/** Sorted, overlapping ones made one. */
export const merged = (spans: readonly Span[]): Span[] => {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.end > last.end) result[result.length - 1] = { start: last.start, end: span.end };
  }
  return result;
};

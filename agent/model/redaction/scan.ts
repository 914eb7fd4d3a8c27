import type { Span } from './span.ts';

/** Runs a global pattern over `text` and goes on after each secret found: no part is read twice. */
export const scan = (
  pattern: RegExp,
  text: string,
  secretOf: (match: RegExpExecArray) => Span | null,
): Span[] => {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const span = secretOf(match);
    if (span === null) continue;
    spans.push(span);
    pattern.lastIndex = Math.max(span.end, pattern.lastIndex);
  }
  return spans;
};

/** What a sticky pattern matches at `at`, or null. */
export const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

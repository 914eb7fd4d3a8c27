import type { Span } from './span.ts';

/** What was taken for a value may be the next key: `token: password: …`. Longer keys are not recognised. */
const longestKey = 80;

/**
 * Runs a global pattern over `text` and goes on near the end of each secret found, so that no part is read
 * more than twice.
 */
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
    pattern.lastIndex = Math.max(pattern.lastIndex, span.end - longestKey);
  }
  return spans;
};

/** What a sticky pattern matches at `at`, or null. */
export const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

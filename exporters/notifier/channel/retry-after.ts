/** Nobody has to be believed that wants us to stay away for longer, ms. */
const longestMs = 24 * 3600 * 1000;

const bounded = (ms: number): number => Math.min(longestMs, Math.max(0, ms));

/** An HTTP date begins with the day of the week; `Date.parse` would take a lot more for one. */
const looksLikeDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, /;

/**
 * The header Retry-After, seconds or a date (RFC 9110, 10.2.3), as a wait in ms; null where there is none, or
 * nonsense. A date is taken by the clock of the one that sent it, where `date`, its header Date, has it.
 */
export const retryAfterMs = (
  value: string | undefined,
  date: string | undefined,
  now: number,
): number | null => {
  const text = value?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return bounded(Number(text) * 1000);
  if (!looksLikeDate.test(text)) return null;
  const theirs = looksLikeDate.test(date ?? '') ? Date.parse(date ?? '') : Number.NaN;
  const wait = Date.parse(text) - (Number.isNaN(theirs) ? now : theirs);
  return Number.isNaN(wait) ? null : bounded(wait);
};

/** How much an alert matters, least first: stable strings, a public contract (docs/ALERTS.md). */
export const severities = ['info', 'notice', 'warning', 'error', 'critical'] as const;

export type Severity = (typeof severities)[number];

const rank = (severity: Severity): number => severities.indexOf(severity);

/** Whether `severity` is as serious as `least`, or more. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  rank(severity) >= rank(least);

/** `steps` more serious; less where they are negative. Never past either end. */
export const raise = (severity: Severity, steps: number): Severity => {
  const at = Math.max(0, Math.min(severities.length - 1, rank(severity) + steps));
  return severities[at] ?? severity;
};

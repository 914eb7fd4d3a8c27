import { createTimer } from '../timer.ts';
import type { AgentConnection } from './connection.ts';
import { type ReportParts, reportOf } from './report.ts';

/** How often it says how it is, and how soon after something changed; ms. */
const everyMs = 15_000;
const soonMs = 300;

/** Tells the agent how the notifier is, again and again. */
export const createReporting = (
  line: AgentConnection,
  parts: () => ReportParts,
  now: () => number,
) => {
  const report = (): void => {
    timer.by(now() + everyMs);
    if (!line.connected) return;
    line.call('notifier.report', reportOf(parts(), now())).catch(() => undefined);
  };
  const timer = createTimer(report, now);
  return {
    report,
    soon: (): void => timer.by(now() + soonMs),
    stop: timer.stop,
  };
};

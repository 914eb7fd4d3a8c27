import type { RecoveryConfig, RecoveryPolicy } from './config.ts';
import type { RecoveryEntry, SessionRecoveryEntry } from './schema/recovery.ts';
import { durationOf } from './written.ts';

/** The policy of one session: what it says itself, and what is for all. */
export const policyOf = (main: RecoveryEntry, own: SessionRecoveryEntry = {}): RecoveryPolicy => {
  const entry = { ...main, ...own };
  const windowMs = durationOf(entry.window);
  return {
    maxRestarts: entry.maxRestarts,
    windowMs,
    firstWaitMs: durationOf(entry.firstWait),
    longestWaitMs: durationOf(entry.longestWait),
    steadyAfterMs: durationOf(entry.steadyAfter),
    // Sooner it would be one restart too many within the window.
    probeAfterMs:
      entry.probeAfter === 'never' ? null : Math.max(windowMs, durationOf(entry.probeAfter)),
  };
};

export const recoveryOf = (main: RecoveryEntry): RecoveryConfig => ({
  ...policyOf(main),
  atOnce: main.atOnce,
});

import type { RecoveryConfig } from '../../../../agent/model/config/config.ts';

/** As it is without a word about it in the configuration. */
export const usualRecovery: RecoveryConfig = {
  ...{ maxRestarts: 5, windowMs: 600_000, firstWaitMs: 1000, longestWaitMs: 60_000 },
  ...{ steadyAfterMs: 300_000, probeAfterMs: 7_200_000, atOnce: 10 },
};

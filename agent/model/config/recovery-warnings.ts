import { jitter, waitAfter } from '../backoff.ts';
import type { Config, RecoveryPolicy } from './config.ts';
import { formatDuration } from './quantities.ts';

/** How long the restarts that a window may have take at least, where each life ends at once. ms */
const leastMs = ({ maxRestarts, firstWaitMs, longestWaitMs }: RecoveryPolicy): number =>
  Array.from({ length: Math.max(0, maxRestarts - 1) }, (_, restart) =>
    waitAfter(restart, { first: firstWaitMs, longest: longestWaitMs }),
  ).reduce((sum, wait) => sum + wait * (1 - jitter), 0);

const tooSlow = (path: string, policy: RecoveryPolicy): string[] =>
  leastMs(policy) < policy.windowMs
    ? []
    : [
        `${path}.window: ${policy.maxRestarts} restarts wait longer than ${formatDuration(policy.windowMs)}: what always fails is tried for ever`,
      ];

/** A breaker that never opens is allowed, and probably not meant. */
export const breakerThatNeverOpens = ({ recovery, sessions }: Config): string[] => [
  ...tooSlow('recovery', recovery),
  ...Object.entries(sessions).flatMap(([name, { recovery: own }]) =>
    own ? tooSlow(`sessions.${name}.recovery`, own) : [],
  ),
];

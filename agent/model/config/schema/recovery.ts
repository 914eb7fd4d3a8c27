import * as v from 'valibot';
import { duration, mapping, wholeNumber } from '../fields.ts';
import { expecting } from '../message.ts';

const maxRestarts = wholeNumber(0, 100);
const window = duration('1s', '24h');
const firstWait = duration('10ms', '1h');
const longestWait = duration('10ms', '24h');
const steadyAfter = duration('1s', '24h');
const probeAfter = v.union(
  [v.picklist(['never']), duration('1s', '30d')],
  expecting('never, or a duration from 1s to 30d'),
);

const described = {
  maxRestarts:
    'How often a session or server is brought back within `window`; then the breaker opens: Holdfast stops, and says so.',
  window: 'The time in which restarts are counted.',
  firstWait:
    'The first restart comes at once where the cause allows it. The second waits so long, each further one twice as long as the one before.',
  longestWait: 'No restart waits longer than this.',
  steadyAfter:
    'What has been up and well for so long has recovered: the next restart comes at once again, and a breaker closes.',
  probeAfter:
    'An open breaker tries it once after so long, then after twice the time, at most a day; never sooner than `window`. `never`: until `holdfast start`.',
  atOnce:
    'At most so many sessions are being started at a time, and within a second: after a reboot, or when many died together. The important ones come first.',
};

/** For every session and server. */
export const recovery = mapping({
  maxRestarts: v.pipe(v.optional(maxRestarts, 5), v.description(described.maxRestarts)),
  window: v.pipe(v.optional(window, '10m'), v.description(described.window)),
  firstWait: v.pipe(v.optional(firstWait, '1s'), v.description(described.firstWait)),
  longestWait: v.pipe(v.optional(longestWait, '60s'), v.description(described.longestWait)),
  steadyAfter: v.pipe(v.optional(steadyAfter, '5m'), v.description(described.steadyAfter)),
  probeAfter: v.pipe(v.optional(probeAfter, '2h'), v.description(described.probeAfter)),
  atOnce: v.pipe(v.optional(wholeNumber(1, 1000), 10), v.description(described.atOnce)),
});

/** What differs for one session. */
export const sessionRecovery = mapping({
  maxRestarts: v.pipe(v.exactOptional(maxRestarts), v.description('As `recovery.maxRestarts`.')),
  window: v.pipe(v.exactOptional(window), v.description('As `recovery.window`.')),
  firstWait: v.pipe(v.exactOptional(firstWait), v.description('As `recovery.firstWait`.')),
  longestWait: v.pipe(v.exactOptional(longestWait), v.description('As `recovery.longestWait`.')),
  steadyAfter: v.pipe(v.exactOptional(steadyAfter), v.description('As `recovery.steadyAfter`.')),
  probeAfter: v.pipe(v.exactOptional(probeAfter), v.description('As `recovery.probeAfter`.')),
});

export type RecoveryEntry = v.InferOutput<typeof recovery>;
export type SessionRecoveryEntry = v.InferOutput<typeof sessionRecovery>;

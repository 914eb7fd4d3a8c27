import type { Way } from '../way.ts';
import { hosts } from './ways/hosts.ts';
import { logouts } from './ways/logouts.ts';
import { memory } from './ways/memory.ts';
import { memoryEvents } from './ways/memory-events.ts';
import { ownStops } from './ways/own-stops.ts';
import { reasons } from './ways/reasons.ts';
import { stops } from './ways/stops.ts';
import { tmuxLog } from './ways/tmux-log.ts';
import { tmuxOptions } from './ways/tmux-options.ts';
import { untraced } from './ways/untraced.ts';

/** Ends of which others wrote something down. */
export const writtenWays: readonly Way[] = [
  ...stops,
  ...reasons,
  ...logouts,
  ...ownStops,
  ...memory,
  ...memoryEvents,
  ...hosts,
  ...untraced,
  ...tmuxLog,
  ...tmuxOptions,
];

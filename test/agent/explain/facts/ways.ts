import type { Way } from '../trace/ways/way.ts';
import { hosts } from './ways/hosts.ts';
import { memory } from './ways/memory.ts';
import { ownStops } from './ways/own-stops.ts';
import { reasons } from './ways/reasons.ts';
import { stops } from './ways/stops.ts';
import { untraced } from './ways/untraced.ts';

/** Ends of which others wrote something down. */
export const writtenWays: readonly Way[] = [
  ...stops,
  ...reasons,
  ...ownStops,
  ...memory,
  ...hosts,
  ...untraced,
];

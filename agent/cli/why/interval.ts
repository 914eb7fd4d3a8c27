import type { DeathRecord } from '../../model/events/death.ts';
import { ago, clock, whenOf } from '../view/time.ts';

/** A death seen within this time of the last look has a moment; a longer one only an interval. */
const instantMs = 2000;

/** `at 14:03:22 (3m ago)`, or `between 14:01:00 and 14:03:22`: a death nobody saw has no invented instant. */
export const whenDied = (
  openedAt: number,
  deaths: readonly Pick<DeathRecord, 'lastSeen' | 'found'>[],
  now: number,
): string => {
  const lastSeen = Math.min(...deaths.map((death) => death.lastSeen));
  const found = Math.max(openedAt, ...deaths.map((death) => death.found));
  const age = ago(found, now);
  return deaths.length > 0 && found - lastSeen > instantMs
    ? `between ${whenOf(lastSeen, now)} and ${whenOf(found, now)} (${age})`
    : `at ${whenOf(openedAt, now, clock)} (${age})`;
};

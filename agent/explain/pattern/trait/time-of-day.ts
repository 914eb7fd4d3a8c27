import { plural } from '../../../model/text/plural.ts';
import { chanceOfMeeting, leastAgreeing, mostChance, neededOf, oftenText } from '../chance.ts';
import type { LocalTime } from '../past-end.ts';
import { type FindTrait, vaguestMs } from './found.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const withinMs = 5 * minuteMs;

/** From the centre to a time, the short way round the clock, ms. */
const away = (ms: number, centre: number): number =>
  ((ms - centre + 1.5 * dayMs) % dayMs) - 0.5 * dayMs;

/** 23:58 and 00:02 are four minutes apart, and belong to the same day where the centre is midnight. */
const dayOf = ({ day, ms }: LocalTime, centre: number): number =>
  Math.round((day * dayMs + ms - away(ms, centre) - centre) / dayMs);

interface Around {
  centre: number;
  near: LocalTime[];
  furthest: number;
}

/** The whole minutes that any of the times is near to. */
const centresFor = (times: readonly LocalTime[]): Set<number> => {
  const around = withinMs / minuteMs;
  const centres = times.map(({ ms }) => Math.floor(ms / minuteMs));
  const steps = Array.from({ length: 2 * around + 2 }, (_, i) => i - around);
  const wrapped = (minute: number): number => (minute * minuteMs + dayMs) % dayMs;
  return new Set(centres.flatMap((minute) => steps.map((step) => wrapped(minute + step))));
};

/** The whole minute that most are near to, and of several the one they are nearest to. */
const densest = (times: readonly LocalTime[]): Around | null => {
  let best: Around | null = null;
  for (const centre of centresFor(times)) {
    const near = times.filter(({ ms }) => Math.abs(away(ms, centre)) <= withinMs);
    if (near.length === 0 || near.length < (best?.near.length ?? 0)) continue;
    const furthest = Math.max(...near.map(({ ms }) => Math.abs(away(ms, centre))));
    if (!best || near.length > best.near.length || furthest < best.furthest)
      best = { centre, near, furthest };
  }
  return best;
};

const two = (count: number): string => String(count).padStart(2, '0');

const clockText = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / minuteMs) % 60)}`;

const aroundText = ({ centre, furthest }: Around): string => {
  const minutes = Math.ceil(furthest / minuteMs);
  const time = clockText(centre);
  return minutes <= 1 ? `at ${time}` : `within ${plural(minutes, 'minute')} of ${time}`;
};

/**
 * Within 5 minutes of the same time by the clock on the wall, on at least three days. That is a 144th of a day: three random
 * times of three days are so close together once in 7000 histories. Several ends of one day count once there, for one
 * that follows another at once is no second witness; and 80 % of the days have to agree as well as 80 % of the ends.
 */
export const sameTimeOfDay: FindTrait = (ends, _others, clock) => {
  const known = ends.filter(({ vagueMs }) => vagueMs <= vaguestMs).map(({ at }) => clock(at));
  const around = densest(known);
  if (!around || around.near.length < neededOf(ends.length)) return null;
  const daysOf = (times: readonly LocalTime[]): number =>
    new Set(times.map((time) => dayOf(time, around.centre))).size;
  const [days, agreeing] = [daysOf(known), daysOf(around.near)];
  if (agreeing < Math.max(leastAgreeing, neededOf(days))) return null;
  if (agreeing * chanceOfMeeting(days, agreeing, (2 * withinMs) / dayMs) > mostChance) return null;
  const often = oftenText(around.near.length, ends.length);
  return { kind: 'time-of-day', text: `${often} ${aroundText(around)}` };
};

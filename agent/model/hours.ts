import { minuteOfDay, wallMinutes, weekdayOf } from './wall-clock.ts';

/** Times of a day, by the clock of a place. */
export interface DayHours {
  /** Minutes after midnight; `to` may be the earlier one, and is of the next day then. The same: a whole day. */
  readonly from: number;
  readonly to: number;
  /** IANA name; null: that of the machine. */
  readonly timezone: string | null;
}

/** Times of the week. */
export interface Hours extends DayHours {
  /** Of the day on which they begin; 0 is Sunday. */
  readonly days: readonly number[];
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const dayMs = dayMinutes * minuteMs;

const everyDay = [0, 1, 2, 3, 4, 5, 6];

const isOpenAt = ({ from, to, days }: Hours, wall: number): boolean => {
  const [minute, day] = [minuteOfDay(wall), weekdayOf(wall)];
  if (from < to) return minute >= from && minute < to && days.includes(day);
  return (minute >= from && days.includes(day)) || (minute < to && days.includes((day + 6) % 7));
};

/** Whether `at`, ms since the epoch, lies in them. */
export const isWithin = (hours: Hours, at: number): boolean =>
  isOpenAt(hours, wallMinutes(at, hours.timezone));

/**
 * When those of every day that `at` lies in are over, ms since the epoch; null: it lies in none, or they never
 * are. Where the clock on the wall changes within them it may be an hour off: to be asked again then.
 */
export const overAt = (hours: DayHours, at: number): number | null => {
  const wall = wallMinutes(at, hours.timezone);
  if (hours.from === hours.to || !isOpenAt({ ...hours, days: everyDay }, wall)) return null;
  const left = (hours.to - minuteOfDay(wall) + dayMinutes) % dayMinutes;
  return (Math.floor(at / minuteMs) + left) * minuteMs;
};

/** The first minute from which on the wall has the offset it has at `minute`, no earlier than `from`; minutes since the epoch. */
const shiftedAt = (from: number, minute: number, timezone: string | null): number => {
  const offsetOf = (one: number): number => wallMinutes(one * minuteMs, timezone) - one;
  const offset = offsetOf(minute);
  if (offsetOf(from) === offset) return from;
  let [low, high] = [from, minute];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsetOf(middle) === offset) high = middle;
    else low = middle + 1;
  }
  return high;
};

/** The first minute since which the wall has shown nothing but times of one kind: within a day, and within its hours or not. */
const stretchOf = ({ from, to, timezone }: Hours, minute: number): number => {
  const wall = minuteOfDay(wallMinutes(minute * minuteMs, timezone));
  const edge = Math.max(0, ...[from, to].filter((one) => one <= wall));
  return shiftedAt(minute - (wall - edge), minute, timezone);
};

/**
 * For how long they have lasted without a break at `at`, ms; null: it lies in none. Looks back no further than `most` ms,
 * and says no more then.
 */
export const lastedFor = (hours: Hours, at: number, most: number): number | null => {
  if (!isWithin(hours, at)) return null;
  const isOpen = (minute: number): boolean => isWithin(hours, minute * minuteMs);
  let began = stretchOf(hours, Math.floor(at / minuteMs));
  while (at - began * minuteMs < most && isOpen(began - 1)) began = stretchOf(hours, began - 1);
  return Math.min(most, at - began * minuteMs);
};

/** How long they last at most without a break, where no clock is changed, ms; infinite where they never end. */
export const longestOf = ({ from, to, days }: Hours): number => {
  if (from !== to) return ((to - from) * minuteMs + dayMs) % dayMs;
  if (days.length === 7) return Number.POSITIVE_INFINITY;
  const runs = days.map((first) => {
    let length = 1;
    while (days.includes((first + length) % 7)) length += 1;
    return length;
  });
  return Math.max(...runs) * dayMs;
};

import type { DayHours, Hours } from '../hours.ts';
import { daysOf } from './days.ts';
import type { HoursEntry } from './schema/hours.ts';

/** `23:30` as minutes after midnight. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const dayHoursOf = ({ from, to, timezone }: Omit<HoursEntry, 'days'>): DayHours => ({
  from: minutesOf(from),
  to: minutesOf(to),
  timezone: timezone ?? null,
});

export const hoursOf = ({ days, ...entry }: HoursEntry): Hours => ({
  ...dayHoursOf(entry),
  days: daysOf(days) ?? [],
});

import type { QuietHours } from '../../../agent/model/config/config.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timezone: string | null): Intl.DateTimeFormat => {
  const key = timezone ?? '';
  const known = formats.get(key);
  if (known) return known;
  const zone = timezone === null ? {} : { timeZone: timezone };
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...zone,
  });
  formats.set(key, made);
  return made;
};

/** Minutes after midnight, by the clock on the wall. */
const minuteOfDay = (at: number, timezone: string | null): number => {
  const [hours = 0, minutes = 0] = formatOf(timezone).format(at).split(':').map(Number);
  return hours * 60 + minutes;
};

/**
 * When the quiet hours that `at` lies in are over, ms since the epoch; null: it lies in none. Where the clock of the
 * wall changes within them it may be an hour off, and is asked again then.
 */
export const quietUntil = (quiet: QuietHours | null, at: number): number | null => {
  if (!quiet || quiet.from === quiet.to) return null;
  const { from, to, timezone } = quiet;
  const minute = minuteOfDay(at, timezone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return null;
  const left = (to - minute + dayMinutes) % dayMinutes;
  return Math.floor(at / minuteMs) * minuteMs + left * minuteMs;
};

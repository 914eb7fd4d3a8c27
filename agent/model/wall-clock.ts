const minuteMs = 60_000;
const dayMinutes = 24 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes much longer than using it. @param timezone IANA name; null: that of the machine */
const formatOf = (timezone: string | null): Intl.DateTimeFormat => {
  const key = timezone ?? '';
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
    ...(timezone === null ? {} : { timeZone: timezone }),
  });
  formats.set(key, made);
  return made;
};

/**
 * What the clock on the wall shows, in whole minutes since 1970 as if the wall were in UTC: the difference to `at` is the
 * offset of the zone.
 * @param at ms since the epoch
 */
export const wallMinutes = (at: number, timezone: string | null): number => {
  const parts = formatOf(timezone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / minuteMs;
};

/** Minutes after midnight, by the clock on the wall. */
export const minuteOfDay = (wall: number): number => wall % dayMinutes;

/** 0 is Sunday, as with Date; 1 January 1970 was a Thursday. */
export const weekdayOf = (wall: number): number => (Math.floor(wall / dayMinutes) + 4) % 7;

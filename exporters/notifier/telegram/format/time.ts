import { duration } from '../../../../agent/model/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (count: number): string => String(count).padStart(2, '0');

/** Of the machine; a phone may be elsewhere. */
const zone = (date: Date): string => {
  const ahead = -date.getTimezoneOffset();
  if (ahead === 0) return 'UTC';
  const size = Math.abs(ahead);
  return `UTC${ahead < 0 ? '-' : '+'}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`;
};

/** `14:03:22 UTC+2` */
export const clock = (at: number): string => {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${time} ${zone(date)}`;
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The time alone when it is of today, else with its date: `20 Nov 14:03:22 UTC`. */
export const when = (at: number, now: number): string => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? clock(at) : `${date.getDate()} ${months[date.getMonth()]} ${clock(at)}`;
};

/** Clocks jump: what lies ahead is now. */
export const ago = (at: number, now: number): string =>
  now - at < second ? 'just now' : `${duration(now - at).split(' ')[0]} ago`;

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };

/** `90m`, `2h`, `1d`; null where it is no such thing. */
export const parseDuration = (text: string): number | null => {
  const [, count, unit] = /^(\d{1,4})\s?(s|m|h|d)[a-z]*$/i.exec(text) ?? [];
  const size = units[unit?.toLowerCase() ?? ''];
  return size === undefined ? null : Number(count) * size;
};

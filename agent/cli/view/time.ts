import { duration } from '../../model/duration.ts';

const second = 1000;

const two = (count: number): string => String(count).padStart(2, '0');

/** `3m`: the largest unit alone, for tables. */
export const shortDuration = (ms: number): string =>
  ms < second ? '0s' : (duration(ms).split(' ')[0] ?? '');

/** `3m ago`; clocks jump, so a time ahead of ours is `now`. */
export const ago = (at: number, now: number): string =>
  now - at < second ? 'now' : `${shortDuration(now - at)} ago`;

const dateOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** Local time, `14:03:22`. */
export const clock = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

/** Local time with milliseconds. */
export const exactClock = (at: number): string =>
  `${clock(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;

/** Local date and time. */
export const dateTime = (at: number): string => `${dateOf(new Date(at))} ${clock(at)}`;

/** The time alone when it is of today, else with its date. */
export const whenOf = (at: number, now: number, time: (at: number) => string = clock): string => {
  const day = dateOf(new Date(at));
  return day === dateOf(new Date(now)) ? time(at) : `${day} ${time(at)}`;
};

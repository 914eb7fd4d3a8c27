import * as v from 'valibot';
import { daysOf } from '../days.ts';
import { mapping, textLike } from '../fields.ts';
import { expecting } from '../message.ts';
import { nearest } from '../nearest.ts';
import { isTimezone, timeOfDay } from '../shapes.ts';

export const time = () => {
  const title = 'a time of day from "00:00" to "23:59"';
  return v.pipe(textLike(timeOfDay, title), v.title(title));
};

const nearZone = (input: unknown): string | null => {
  const near = nearest(String(input), Intl.supportedValuesOf('timeZone'));
  return near === null ? null : `did you mean ${near}?`;
};

export const timezone = () => {
  const title = 'the name of a time zone, as Europe/Berlin';
  return v.pipe(
    v.string(expecting(title)),
    v.check(isTimezone, expecting(title, nearZone)),
    v.title(title),
  );
};

const days = () => {
  const title = 'days as mon, mon-fri or "mon, wed, sat-sun"';
  return v.pipe(
    v.string(expecting(title)),
    v.check((text) => daysOf(text) !== null, expecting(title)),
    v.title(title),
  );
};

/** Times of the week in which something is expected. */
export const hours = mapping({
  from: v.pipe(v.optional(time(), '00:00'), v.description('When they begin.')),
  to: v.pipe(
    v.optional(time(), '00:00'),
    v.description('When they end; earlier than `from`, or the same, is the next day.'),
  ),
  days: v.pipe(
    v.optional(days(), 'mon-sun'),
    v.description('On which days they begin.'),
    v.examples(['mon-fri']),
  ),
  timezone: v.pipe(
    v.optional(timezone()),
    v.description('Whose clock it is. Without it: that of the machine.'),
    v.examples(['Europe/Rome']),
  ),
});

export type HoursEntry = v.InferOutput<typeof hours>;

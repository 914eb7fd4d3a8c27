import fc from 'fast-check';
import t from 'tap';
import { type Hours, isWithin, lastedFor, longestOf } from '../../../agent/model/hours.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const clock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const workdays = [1, 2, 3, 4, 5];

const hoursOf = (from: string, to: string, days = everyDay, timezone = 'UTC'): Hours => ({
  ...{ from: clock(from), to: clock(to), days, timezone },
});

/** For how many minutes. */
const lasted = (hours: Hours, at: string, most = 10_000): number | null => {
  const ms = lastedFor(hours, Date.parse(at), most * minuteMs);
  return ms === null ? null : ms / minuteMs;
};

t.test('within a day, on the days that are named', async (t) => {
  const hours = hoursOf('08:00', '22:00', workdays);
  // 30 January 2026 is a Friday.
  t.equal(lasted(hours, '2026-01-30T07:59:59Z'), null);
  t.equal(lasted(hours, '2026-01-30T08:00Z'), 0);
  t.equal(lasted(hours, '2026-01-30T21:59Z'), 839);
  t.equal(lasted(hours, '2026-01-30T22:00Z'), null);
  t.equal(lasted(hours, '2026-01-31T12:00Z'), null);
  t.equal(lasted(hours, '2026-01-30T21:59Z', 30), 30, 'no further than asked for');
});

t.test('over midnight the day is that on which they begin', async (t) => {
  const hours = hoursOf('22:00', '06:00', [5]);
  t.equal(lasted(hours, '2026-01-30T05:00Z'), null, 'Thursday night');
  t.equal(lasted(hours, '2026-01-30T23:00Z'), 60);
  t.equal(lasted(hours, '2026-01-31T05:30Z'), 450);
  t.equal(lasted(hours, '2026-01-31T22:30Z'), null);
});

t.test('whole days last from one to the next', async (t) => {
  const hours = hoursOf('00:00', '00:00', workdays);
  t.equal(lasted(hours, '2026-01-25T23:59Z'), null, 'Sunday');
  t.equal(lasted(hours, '2026-01-26T00:10Z'), 10);
  t.equal(lasted(hours, '2026-01-28T00:10Z'), 2 * 1440 + 10);
  t.equal(lasted(hoursOf('00:00', '00:00'), '2026-01-28T00:10Z', 20_000), 20_000);
  t.equal(lasted(hoursOf('09:30', '09:30', [2]), '2026-01-28T09:29Z'), 1439);
});

t.test('by the clock of a place, also on the day it is changed', async (t) => {
  const rome = hoursOf('01:00', '08:00', everyDay, 'Europe/Rome');
  // 29 March 2026: 02:00 becomes 03:00; 25 October 2026: 03:00 becomes 02:00.
  t.equal(lasted(rome, '2026-03-29T00:00Z'), 0);
  t.equal(lasted(rome, '2026-03-29T05:59Z'), 359);
  t.equal(lasted(rome, '2026-03-29T06:00Z'), null);
  t.equal(lasted(rome, '2026-10-24T23:00Z'), 0);
  t.equal(lasted(rome, '2026-10-25T06:59Z'), 479);
  t.equal(
    isWithin(hoursOf('08:00', '22:00', workdays, 'Asia/Tokyo'), Date.parse('2026-01-30T00:00Z')),
    true,
  );
  t.type(isWithin({ ...rome, timezone: null }, 0), 'boolean', 'that of the machine');
});

t.test('an hour that does not exist on that day, and one that is there twice', async (t) => {
  const hours = hoursOf('02:15', '02:45', everyDay, 'Europe/Rome');
  t.equal(lasted(hours, '2026-03-29T01:20Z'), null);
  t.equal(lasted(hours, '2026-10-25T00:44Z'), 29);
  t.equal(lasted(hours, '2026-10-25T01:15Z'), 0);
  t.equal(lasted(hours, '2026-10-25T01:00Z'), null);
});

/** What the clock of a place shows, asked in words. */
const shown = (at: number, timezone: string): { minute: number; day: number } => {
  const options = { timeZone: timezone, hourCycle: 'h23' } as const;
  const time = new Date(at).toLocaleTimeString('en-US', { ...options, timeStyle: 'short' });
  const day = new Date(at).toLocaleDateString('en-US', { timeZone: timezone, weekday: 'short' });
  return {
    minute: clock(time),
    day: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(day),
  };
};

/** Minute for minute back. */
const slowly = (hours: Hours, at: number, most: number): number | null => {
  const { from, to, days, timezone } = hours;
  const isOpen = (moment: number): boolean => {
    const { minute, day } = shown(moment, timezone ?? 'UTC');
    const yesterday = (day + 6) % 7;
    if (to > from) return days.includes(day) && from <= minute && minute < to;
    return minute < from ? minute < to && days.includes(yesterday) : days.includes(day);
  };
  if (!isOpen(at)) return null;
  let began = Math.floor(at / minuteMs) * minuteMs;
  while (at - began < most && isOpen(began - minuteMs)) began -= minuteMs;
  return Math.min(most, at - began);
};

const zones = [
  ...['UTC', 'Europe/Rome', 'America/New_York', 'America/St_Johns', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia', 'America/Asuncion'],
];

/** When clocks were changed there. */
const changes = [
  ...['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'],
  ...['2011-12-30T10:00Z', '2025-10-04T15:30Z', '2026-04-04T15:00Z', '2025-02-23T02:00Z'],
].map((text) => Date.parse(text));

const moment = fc.oneof(
  fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2035-01-01') }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * hourMs, max: 30 * hourMs }))
    .map(([change, off]) => change + off),
);

/** Edges near those of changes are of interest, and near midnight. */
const timeOfDay = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.constantFrom(0, 1, 60, 90, 120, 150, 180, 1439),
);

t.test('it is what somebody finds who walks back minute for minute', async (t) => {
  const hours = fc.record({
    ...{ from: timeOfDay, to: timeOfDay, timezone: fc.constantFrom(...zones) },
    days: fc.subarray(everyDay),
  });
  fc.assert(
    fc.property(hours, moment, fc.integer({ min: 1, max: 8 * 60 }), (hours, at, minutes) => {
      const most = minutes * minuteMs;
      t.equal(lastedFor(hours, at, most), slowly(hours, at, most), JSON.stringify({ hours, at }));
    }),
    { numRuns: 300 },
  );
});

t.test('how long they last at most', async (t) => {
  t.equal(longestOf(hoursOf('08:00', '22:00')), 14 * hourMs);
  t.equal(longestOf(hoursOf('22:00', '06:00', [1])), 8 * hourMs);
  t.equal(longestOf(hoursOf('00:00', '00:00', workdays)), 5 * 24 * hourMs);
  t.equal(longestOf(hoursOf('00:00', '00:00', [6, 0, 3])), 2 * 24 * hourMs);
  t.equal(longestOf(hoursOf('07:00', '07:00')), Number.POSITIVE_INFINITY);
});

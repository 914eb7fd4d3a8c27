import t from 'tap';
import type { PastDeath, PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import {
  cleanup,
  clockIn,
  day,
  endAt,
  hour,
  minute,
  pastDeath,
  patternIn,
  scattered,
  second,
  start,
  traitIn,
} from './sample-end.ts';

const at = (...ats: number[]): PastEnd[] => ats.map((one) => endAt(one));

/** Ends at scattered times, each with a death of its own. */
const deaths = (...all: Partial<PastDeath>[]): PastEnd[] =>
  scattered(all.length).map((one, i) => endAt(one, { death: pastDeath(all[i]) }));

t.test('time of day: within five minutes, on three days', async (t) => {
  const kind = 'time-of-day';
  const near = [start, start + day + 4 * minute, start + 4 * day + 9 * minute + 59 * second];
  t.equal(traitIn(at(...near), kind), 'always within 5 minutes of 05:25');
  t.equal(traitIn(at(start, start + day, start + 3 * day), kind), 'always at 05:20');
  t.equal(traitIn(at(start, start + day, start + 4 * day + 11 * minute), kind), undefined);
  t.equal(traitIn(at(start, start + minute, start + day), kind), undefined, 'only two days');
  const often = at(start, start + day, start + 3 * day, start + 4 * day);
  t.equal(traitIn([endAt(start - 3 * hour), ...often], kind), '4 of 5 times at 05:20');
  t.equal(traitIn([...at(start - 3 * hour, start - 2 * hour), ...often], kind), undefined);
});

t.test('a day with many ends is one day', async (t) => {
  const loop = Array.from({ length: 16 }, (_, i) => endAt(start + i * second));
  const ends = [...loop, ...at(start + day, start + 2 * day, start + 3 * day + 7 * hour)];
  t.equal(traitIn(ends, 'time-of-day'), undefined, '18 of 19 ends, but 3 of 4 days');
});

t.test('midnight is between 23:58 and 00:02', async (t) => {
  const midnight = Date.UTC(2026, 10, 21);
  const around = at(midnight - 2 * minute, midnight + day + 2 * minute, midnight + 3 * day);
  t.equal(traitIn(around, 'time-of-day'), 'always within 2 minutes of 00:00');
  const twice = at(midnight - 2 * minute, midnight + 2 * minute, midnight + day);
  t.equal(traitIn(twice, 'time-of-day'), undefined, 'of two dates, and one night');
});

t.test('a job keeps to the clock on the wall when summer time ends', async (t) => {
  const berlin = clockIn('Europe/Berlin');
  const [summer, winter] = [Date.UTC(2026, 9, 23, 3, 20), Date.UTC(2026, 9, 25, 4, 20)];
  const local = at(summer, summer + day, winter, winter + 2 * day);
  t.equal(traitIn(local, 'time-of-day', berlin), 'always at 05:20');
  t.equal(traitIn(local, 'time-of-day'), undefined, 'not so where clocks show UTC');
  const steady = at(...[0, 1, 2, 3, 4].map((one) => summer + one * day));
  t.equal(traitIn(steady, 'time-of-day', berlin), undefined);
  t.equal(traitIn(steady, 'interval', berlin), 'every 24h', 'one by UTC keeps to its interval');
  t.equal(traitIn(steady, 'interval'), undefined, 'which the time of day says already');
});

t.test('an hour that comes twice, and one that is left out', async (t) => {
  const berlin = clockIn('Europe/Berlin');
  const twice = Date.UTC(2026, 9, 25, 0, 30);
  const ends = at(twice - day, twice, twice + hour, twice + day + hour);
  t.equal(traitIn(ends, 'time-of-day', berlin), 'always at 02:30');
  const spring = Date.UTC(2026, 2, 28, 1, 30);
  const skipped = at(spring, spring + day, spring + 2 * day - hour, spring + 3 * day - hour);
  t.equal(traitIn(skipped, 'time-of-day', berlin), undefined, '02:30, 03:30, 02:30, 02:30');
});

t.test('an end that nobody saw has no time of day and no interval', async (t) => {
  const vague = at(start, start + day, start + 2 * day, start + 3 * day).map((end) => ({
    ...end,
    vagueMs: 6 * minute,
  }));
  t.strictSame(patternIn(vague)?.traits, []);
  const [first, ...rest] = vague.map((end) => ({ ...end, vagueMs: 2000 }));
  t.equal(traitIn(first ? [first, ...rest] : [], 'time-of-day'), 'always at 05:20');
});

t.test('intervals: as near as the 400th part for two, and within five minutes', async (t) => {
  const every = (ms: number, count: number, jitter = 0): PastEnd[] =>
    Array.from({ length: count }, (_, i) => endAt(start + i * ms + (i % 2) * jitter));
  t.equal(traitIn(every(6 * hour, 3), 'interval'), 'every 6h');
  t.equal(traitIn(every(6 * hour, 3, minute), 'interval'), undefined);
  t.equal(traitIn(every(6 * hour, 4, 2 * minute), 'interval'), 'every 6h');
  t.equal(traitIn(every(7 * hour, 9, 6 * minute), 'interval'), undefined, 'too loose');
  t.equal(traitIn(every(90 * minute, 5), 'interval'), 'every 1h 30m');
  t.equal(
    traitIn(every(6 * hour - 4 * minute, 5), 'interval'),
    'every 5h 56m',
    'no rounder than it is',
  );
  t.equal(traitIn(every(6 * hour + 30 * second, 5, minute), 'interval'), 'every 6h');
  t.equal(traitIn(every(9 * minute, 9), 'interval'), undefined, 'a crash loop');
  const missed = [...every(7 * hour, 5), endAt(start + 35 * hour + 7 * hour)];
  t.equal(traitIn(missed, 'interval'), 'every 7h, 4 of 5 times');
});

t.test('age: the more, the looser', async (t) => {
  const ages = (...hours: number[]) =>
    traitIn(deaths(...hours.map((one) => ({ ageMs: one * hour }))), 'age');
  t.equal(ages(3, 3.05, 3.1), 'always about 3h 3m after it was started');
  t.equal(ages(3, 3.1, 3.3), undefined, 'three within 10 % is chance');
  t.equal(ages(3, 3.1, 3.2, 3.3), 'always about 3h 9m after it was started');
  t.equal(ages(3, 3.1, 30, 3.2, 3.05), '4 of 5 times about 3h 6m after it was started');
  t.equal(ages(3, 3.1, 30, 40, 3.05), undefined);
  t.equal(ages(0, 0, 0, 0), undefined, 'no age at all');
  const short = Array.from({ length: 4 }, () => ({ ageMs: 3 * second }));
  t.equal(traitIn(deaths(...short), 'age'), undefined, 'tmux counts whole seconds');
  const vague = deaths({}, {}, {}).map((end) => ({ ...end, vagueMs: hour }));
  t.equal(traitIn(vague, 'age'), undefined);
});

t.test('age and interval say the same of what is brought back at once', async (t) => {
  const ends = [0, 1, 2, 3].map((i) =>
    endAt(start + i * 7 * hour, { death: pastDeath({ ageMs: 7 * hour }) }),
  );
  const kinds = (actor: PastEnd['actor']) =>
    patternIn(ends.map((end) => ({ ...end, actor })))?.traits.map(({ kind }) => kind);
  t.strictSame(kinds(null), ['age']);
  t.strictSame(kinds(cleanup()), ['interval', 'killer']);
  const daily = [0, 1, 2].map((i) => endAt(start + i * day, { death: pastDeath({ ageMs: day }) }));
  t.strictSame(
    patternIn(daily)?.traits.map(({ kind }) => kind),
    ['time-of-day'],
  );
});

t.test('output: as many lines, where they are no full history', async (t) => {
  const lines = (...all: number[]) =>
    traitIn(deaths(...all.map((historyLines) => ({ historyLines }))), 'output');
  t.equal(lines(1200, 1210, 1190), 'always at about 1200 lines of output');
  t.equal(lines(1900, 1910, 1890), undefined, 'a full history of 2000 lines');
  t.equal(lines(1900, 1910, 1890, 1905, 4000), '4 of 5 times at about 1900 lines of output');
  t.equal(lines(0, 0, 0, 0), undefined, 'a program that draws keeps none');
  t.equal(lines(4, 4, 4), undefined, 'small numbers agree by chance');
});

t.test('command: the last, where it is not the last at other ends as well', async (t) => {
  const commands = ['make deploy', 'make deploy', 'make deploy'].map((lastCommand) => ({
    lastCommand,
  }));
  t.equal(traitIn(deaths(...commands), 'command'), 'always with "make deploy" as the last command');
  t.equal(traitIn(deaths(...commands, { lastCommand: null }), 'command'), undefined);
  const exit = { cause: 'program-exit', signal: null } as const;
  const others = [1, 2].map((i) =>
    endAt(start - i * hour, { ...exit, death: pastDeath({ lastCommand: 'make deploy' }) }),
  );
  t.equal(traitIn([...others, ...deaths(...commands)], 'command'), undefined);
});

t.test('packages: changed just before each time, and not at other ends as well', async (t) => {
  const after = (...all: (boolean | null)[]) =>
    all.map((afterPackages, i) => endAt(scattered(all.length)[i] ?? 0, { afterPackages }));
  const always = 'always just after packages were changed';
  t.equal(traitIn(after(true, true, true), 'packages'), always);
  t.equal(
    traitIn(after(true, false, true, true, true), 'packages'),
    '4 of 5 times just after packages were changed',
  );
  t.equal(traitIn(after(true, true), 'packages'), undefined);
  t.equal(traitIn(after(true, true, false), 'packages'), undefined);
  t.equal(traitIn(after(true, true, null), 'packages'), undefined, 'of one nothing is known');
  const others = Array.from({ length: 20 }, (_, i) =>
    endAt(start - (i + 1) * hour, { cause: 'program-exit', signal: null, afterPackages: true }),
  );
  t.equal(traitIn([...others, ...after(true, true, true)], 'packages'), undefined);
});

t.test('memory: short each time, and not always', async (t) => {
  const free = (...all: (number | null)[]) => deaths(...all.map((memoryFree) => ({ memoryFree })));
  const short = "always with less than 10 % of the machine's memory free";
  t.equal(traitIn(free(0.05, 0.01, 0.09), 'memory'), short);
  t.equal(traitIn(free(0.05, 0.01, 0.11), 'memory'), undefined);
  t.equal(traitIn(free(0.05, 0.01, null), 'memory'), undefined);
  const others = [1, 2, 3].map((i) =>
    endAt(start - i * hour, {
      cause: 'program-exit',
      signal: null,
      death: pastDeath({ memoryFree: 0.02 }),
    }),
  );
  t.equal(traitIn([...others, ...free(0.05, 0.01, 0.09)], 'memory'), undefined);
});

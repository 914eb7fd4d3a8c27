import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { addMeasure, emptySeries } from '../../../agent/model/series.ts';
import { type Trace, type Warned, warningsIn } from '../forecast/foretold.ts';
import { leakKinds, leakOf } from '../forecast/leaks.ts';
import { type NamedTrace, recorded, resampled } from '../forecast/traces.ts';
import type { Part } from '../part.ts';
import { usualSessions } from '../part.ts';
import type { Row } from '../row.ts';

const aheadSeconds = 300;
const leaksOfKind = { quick: 20, whole: 100 };
const usualMinutes = { least: 45, most: 1440 };
const fastMinutes = { least: 20, most: 45 };
/** Nobody sets a limit at what a program takes: its greatest use times these. */
const limits = [1.25, 1.5, 2];

const secondsOf = ({ everySeconds, values }: Trace): number => everySeconds * values.length;

/** Of a kind of leak those that no warning stood for, from five minutes ahead to the end. */
const missedOf = (kind: string, count: number, minutes = usualMinutes): number => {
  let missed = 0;
  for (let seed = 1; seed <= count; seed += 1) {
    const leak = leakOf(kind, seed, minutes);
    const end = (leak.values.length - 1) * leak.everySeconds;
    const last = warningsIn(leak, leak.limit).at(-1);
    if (!last || last.to !== null || last.from > end - aheadSeconds) missed += 1;
  }
  return missed;
};

interface Falsely {
  /** Share of the time in which a false warning stood. */
  time: number;
  /** How many began. */
  warnings: number;
  /** Share of the sessions, each a program against a limit, that were warned of at all. */
  sessions: number;
  hours: number;
  names: string[];
}

const falselyIn = (traces: readonly NamedTrace[]): Falsely => {
  let seconds = 0;
  let all = 0;
  let warnings = 0;
  let sessions = 0;
  const names = new Set<string>();
  for (const trace of traces) {
    const greatest = trace.values.reduce((most, value) => Math.max(most, value), 0);
    for (const factor of limits) {
      const warned = warningsIn(trace, greatest * factor);
      const whole = secondsOf(trace);
      const stood = ({ from, to }: Warned): number => (to ?? whole) - from;
      seconds += warned.reduce((sum, one) => sum + stood(one), 0);
      all += whole;
      warnings += warned.length;
      if (warned.length === 0) continue;
      sessions += 1;
      names.add(trace.name);
    }
  }
  const hours = traces.reduce((sum, trace) => sum + secondsOf(trace), 0) / 3600;
  const tried = traces.length * limits.length;
  return { time: seconds / all, sessions: sessions / tried, warnings, hours, names: [...names] };
};

/** What else comes and goes on the heap is small beside so many more. */
const times = 20;

/** Heap that the series of many sessions take when all of their hours are full; what is garbage is collected before each look. */
const seriesBytes = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const measures = 12;
  for (let i = 0; i < 5; i += 1) collect();
  const before = heap();
  const all = Array.from({ length: usualSessions * times }, () => emptySeries());
  for (let minute = 1; minute <= 420; minute += 1) {
    for (const series of all) {
      for (let i = 0; i < measures; i += 1) {
        addMeasure(series, minute * 60_000 + i * 5000, Math.random() * 2 ** 31);
      }
    }
  }
  const after = heap();
  const full = all.filter(({ fives }) => fives.at.length === 72).length;
  if (full !== all.length) throw new Error(`${full} of ${all.length} series are full`);
  return (after - before) / times;
};

/** How long they stood is held to a budget; how many sessions had one says more where there are few. */
const falseRows = (
  which: string,
  { time, warnings, sessions, hours, names }: Falsely,
  made: string,
): Row[] => {
  const who = names.length > 0 ? `: ${names.join(', ')}` : '';
  const note = `${made}: ${hours.toFixed(1)} h of programs, each against limits of ${limits.join(', ')} times the most it took. ${warnings} false in all${who}`;
  return [
    {
      what: `time under a false warning, ${which}`,
      budget: 1,
      measured: time * 100,
      unit: '%',
      note,
    },
    {
      what: `sessions falsely warned of, ${which}`,
      budget: null,
      measured: sessions * 100,
      unit: '%',
    },
  ];
};

export const forecast: Part = {
  name: 'forecast',
  about: 'forecasts: leaks told five minutes ahead, warnings that were false, what it costs',
  measure: async ({ quick, progress }) => {
    const count = leaksOfKind[quick ? 'quick' : 'whole'];
    const rows: Row[] = [];
    let missed = 0;
    for (const kind of leakKinds) {
      progress(`leaks, ${kind}`);
      const some = missedOf(kind, count);
      missed += some;
      const measured = (some / count) * 100;
      rows.push({
        what: `leaks not foretold 5 min ahead, ${kind}`,
        budget: 10,
        measured,
        unit: '%',
      });
    }
    rows.push({
      ...{ what: 'leaks not foretold 5 min ahead, all', budget: 10, unit: '%' },
      measured: (missed / (count * leakKinds.length)) * 100,
      note: `${count} of each kind, from seeds: 45 minutes to 24 hours from a tenth to a half of the limit to all of it. A warning that was taken back before the end does not count`,
    });
    const fast = leakKinds.reduce((sum, kind) => sum + missedOf(kind, count, fastMinutes), 0);
    rows.push({
      ...{ what: 'the same of 20 to 45 minutes', budget: null, unit: '%' },
      measured: (fast / (count * leakKinds.length)) * 100,
      note: 'nothing is said in the first half hour of a session, so most of these are not foretold',
    });
    progress('recorded programs');
    const real = recorded();
    const made = `as recorded, ${real.length} programs beside each other for ${Math.round(secondsOf(real[0] ?? { everySeconds: 0, values: [] }) / 60)} min, no one of them for a day`;
    rows.push(...falseRows('recorded', falselyIn(real), made));
    progress('resampled programs');
    const days = real.map((trace, i) => resampled(trace, i + 1));
    rows.push(
      ...falseRows(
        'resampled',
        falselyIn(quick ? days.slice(0, 8) : days),
        'made of the recorded, blocks of ten minutes in an order of chance',
      ),
    );
    progress('memory');
    const megabytes = seriesBytes() / 2 ** 20;
    rows.push({
      ...{ what: `series of ${usualSessions} sessions, six hours`, budget: 1, unit: 'MB' },
      measured: megabytes,
    });
    return rows;
  },
};

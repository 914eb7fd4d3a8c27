import type { TraitKind } from '../../model/pattern.ts';
import type { LocalClock, PastEnd } from './past-end.ts';
import { sameAge } from './trait/age.ts';
import { sameCommand } from './trait/command.ts';
import type { FindTrait, FoundTrait } from './trait/found.ts';
import { sameInterval } from './trait/interval.ts';
import { sameKiller } from './trait/killer.ts';
import { shortOfMemory } from './trait/memory.ts';
import { sameOutput } from './trait/output.ts';
import { afterPackages } from './trait/packages.ts';
import { sameTimeOfDay } from './trait/time-of-day.ts';

/** The most telling first. */
const finders: readonly FindTrait[] = [
  ...[sameTimeOfDay, sameInterval, sameAge, sameKiller],
  ...[afterPackages, sameCommand, sameOutput, shortOfMemory],
];

const dayMs = 24 * 3_600_000;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= b / 10;

const isDaily = (ms = 0): boolean => ms > dayMs / 2 && isNear(ms, Math.round(ms / dayMs) * dayMs);

/** What is brought back at once is as old at its next end as the interval is long: one of the two is said. */
const repeats = (trait: FoundTrait, all: readonly FoundTrait[]): boolean => {
  const of = (kind: TraitKind): FoundTrait | undefined => all.find((one) => one.kind === kind);
  const { kind, ms = 0 } = trait;
  if (kind !== 'age' && kind !== 'interval') return false;
  if (of('time-of-day') && isDaily(ms)) return true;
  const other = of(kind === 'age' ? 'interval' : 'age');
  if (other?.ms === undefined || !isNear(ms, other.ms)) return false;
  // A killer keeps to the clock, and does not look at ages.
  return kind === (of('killer') ? 'age' : 'interval');
};

/** What the ends have in common, each said once; the arguments are those of `FindTrait`. */
export const traitsOf = (
  ends: readonly PastEnd[],
  others: readonly PastEnd[],
  clock: LocalClock,
): FoundTrait[] => {
  const found = finders.flatMap((find) => find(ends, others, clock) ?? []);
  return found.filter((trait) => !repeats(trait, found));
};

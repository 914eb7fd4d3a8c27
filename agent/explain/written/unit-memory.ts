import type { Cause } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { systemUnit } from '../unit.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';
import { limitText, reportsWithinMs } from './memory.ts';

/** What systemd says of a unit in which something was killed for want of memory, before it stopped the rest. */
export const unitOomOf = (
  evidence: Evidence,
  units: readonly string[],
  at: number,
): FactOf<'unit-oom'> | null =>
  factsOf(evidence, 'unit-oom').findLast(
    (fact) =>
      units.includes(fact.unit) && isBetween(at - reportsWithinMs, at + reportsWithinMs)(fact),
  ) ?? null;

/** The want of memory that made systemd stop a unit. */
interface UnitMemory {
  word: FactOf<'unit-oom'>;
  /** Null: the kernel's report was not read, or leaves it open. */
  report: FactOf<'oom-kill'> | null;
  cause: Extract<Cause, 'oomd' | 'oom-cgroup' | 'oom-system'>;
  text: string;
}

export const unitMemory = (
  evidence: Evidence,
  units: readonly string[],
  at: number,
): UnitMemory | null => {
  const word = unitOomOf(evidence, units, at);
  if (!word) return null;
  if (word.by === 'oomd') return { word, report: null, cause: 'oomd', text: ' by systemd-oomd' };
  // A user calls his own units, further down, as he likes.
  const isOfUnit = (group: string | null): boolean => systemUnit(group) === word.unit;
  const report =
    factsOf(evidence, 'oom-kill').findLast(
      ({ victimGroup, ranOut, at: killed }) =>
        isOfUnit(victimGroup) &&
        ranOut !== null &&
        isBetween(at - reportsWithinMs, at)({ at: killed }),
    ) ?? null;
  const isMachine = report && report.ranOut !== 'cgroup';
  const text = report ? `: ${limitText(report)}` : '';
  return { word, report, cause: isMachine ? 'oom-system' : 'oom-cgroup', text };
};

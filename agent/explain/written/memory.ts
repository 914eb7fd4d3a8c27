import type { Cause } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { quoted, shortened } from '../naming.ts';
import { isWithin } from '../unit.ts';
import { type FactOf, factsOf, isBetween } from './of-kind.ts';
import type { Moment } from './victims.ts';

/** The kernel writes its report as it kills, and the journal takes it a moment later. ms */
const reportsWithinMs = 2000;

/** systemd-oomd says what it killed once it is done with it. ms */
export const oomdWithinMs = 5000;

type Kill = FactOf<'oom-kill'>;

/** The journal takes a report a moment later, and exits are written down in whole seconds. ms */
const laterMs = 1000;

/** The kernel's reports of those it killed in this span. */
export const reportsIn = (evidence: Evidence, { from, until }: Moment): Kill[] =>
  factsOf(evidence, 'oom-kill').filter(isBetween(from - laterMs, until + laterMs));

/** Who was killed, as far as is known. */
export type Killed = Pick<SeenProcess, 'pid' | 'cgroup'>;

/** The kernel's report of the kill of a process at `at`, or of that for which all of its cgroup was killed. */
export const reportOf = (evidence: Evidence, { pid, cgroup }: Killed, at: number): Kill | null => {
  const isNear = isBetween(at - reportsWithinMs, at + reportsWithinMs);
  const kills = factsOf(evidence, 'oom-kill').filter(isNear);
  const own = kills.find((kill) => kill.pid === pid);
  if (own) return own;
  const group = factsOf(evidence, 'oom-group').find(
    (fact) => isNear(fact) && isWithin(cgroup, fact.group),
  );
  if (!group) return null;
  const chosen = kills.filter(({ victimGroup }) => isWithin(victimGroup, group.group));
  return chosen.length === 1 ? (chosen[0] ?? null) : null;
};

const sessionGroup = /\/([^/]+@[^/]+\.service)\/session-\d+$/;

/** Whose limit was reached, for a sentence. */
export const limitText = ({ ranOut, limitGroup }: Pick<Kill, 'ranOut' | 'limitGroup'>): string => {
  if (ranOut === 'machine') return 'the machine had no memory left';
  if (ranOut === 'part') return 'a part of the machine (cpuset, memory policy) had no memory left';
  if (limitGroup === null) return 'a limit of memory was reached';
  if (sessionGroup.test(limitGroup)) return 'the session reached its own limit of memory';
  const name = limitGroup.slice(limitGroup.lastIndexOf('/') + 1);
  if (name.endsWith('.slice')) {
    return `what is in ${shortened(name, 60)} reached its limit of memory together`;
  }
  return /\.(service|scope)$/.test(name)
    ? `${shortened(name, 60)} reached its limit of memory`
    : `the cgroup ${quoted(limitGroup, 80)} reached its limit of memory`;
};

/** What systemd-oomd says it killed at `at`, if the process was in there. */
export const oomdKillOf = (
  evidence: Evidence,
  cgroup: string | null,
  at: number,
): FactOf<'oomd-kill'> | null =>
  factsOf(evidence, 'oomd-kill')
    .filter(isBetween(at - oomdWithinMs, at + oomdWithinMs))
    .find(({ group }) => isWithin(cgroup, group)) ?? null;

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
  report: Kill | null;
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
  const isOfUnit = (group: string | null): boolean => (group ?? '').split('/').includes(word.unit);
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

import type { SeenProcess } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import type { Moment } from '../moments.ts';
import { quoted, shortened } from '../naming.ts';
import { isWithin } from '../unit.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** The kernel writes its report as it kills, and the journal takes it a moment later. ms */
export const reportsWithinMs = 2000;

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

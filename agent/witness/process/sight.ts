import { maxAncestors } from '../../model/witnessed.ts';
import { lookAt, type ProcFacts } from './proc.ts';

/** What /proc shows of who has a pid, where he had it at a time on the monotonic clock, ms. Looks once at each. */
export type Sight = (pid: number, at: number) => ProcFacts | null;

/** One look at the processes of one moment. */
export const createSight = (look: typeof lookAt = lookAt): Sight => {
  const seen = new Map<number, ProcFacts | null>();
  return (pid, at) => {
    const known = seen.get(pid);
    if (known !== undefined) return known;
    const facts = look(pid, at);
    seen.set(pid, facts);
    return facts;
  };
};

/** Looks at a process and all it came from, before they are gone. */
export const lookAlong = (sight: Sight, pid: number, at: number): void => {
  let next = pid;
  for (let i = 0; i <= maxAncestors && next > 1; i += 1) {
    const facts = sight(next, at);
    // Of a thread: its process may be gone as soon.
    if (facts?.pid && facts.pid !== next) sight(facts.pid, at);
    next = facts?.stat.ppid ?? 0;
  }
};

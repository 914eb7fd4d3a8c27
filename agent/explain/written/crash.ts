import type { Evidence } from '../evidence.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** The kernel writes of a fault before it sends the signal, and has a dump written after that. ms */
const withinMs = 2000;

/** What was written down of the crash of a process. */
export interface Crash {
  fault: FactOf<'fault'> | null;
  dump: FactOf<'core-dump'> | null;
}

/** The crash of process `pid` between two times. @param signal null: whichever it was */
export const crashOf = (
  evidence: Evidence,
  { pid, signal }: { pid: number; signal: number | null },
  { from, until }: { from: number; until: number },
): Crash | null => {
  const isNear = isBetween(from - withinMs, until + withinMs);
  const dump = factsOf(evidence, 'core-dump').findLast(
    (fact) => isNear(fact) && fact.pid === pid && (signal === null || fact.signal === signal),
  );
  const fault = factsOf(evidence, 'fault').findLast((fact) => isNear(fact) && fact.pid === pid);
  return dump || fault ? { fault: fault ?? null, dump: dump ?? null } : null;
};

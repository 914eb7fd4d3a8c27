import type { EvidenceLine } from '../../model/events/incident.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { Evidence } from '../evidence.ts';
import { minuteBeforeMs } from '../minute-before.ts';
import { spanOf } from '../moments.ts';
import { factLine, isBetween } from '../written/facts.ts';
import { contextLine } from './context-line.ts';

/** What people and machines do that may end something: no cause by itself. */
const telling: ReadonlySet<SourceFact['kind']> = new Set<SourceFact['kind']>([
  ...(['package-run', 'package-change', 'run-as', 'authorization', 'manager-request'] as const),
  ...(['login-session', 'terminal-login'] as const),
]);

/** A run of apt lasts: what counts is that it was going on. */
const isNear = (fact: SourceFact, from: number, until: number): boolean =>
  fact.kind === 'package-run'
    ? fact.at <= until && (fact.endedAt ?? until) >= from
    : isBetween(from, until)(fact);

/** What else was done in the minute before, says who wrote it down. @param isKnown it stands in the evidence already */
export const contextOf = (
  { facts = [], deaths, reboot }: Evidence,
  isKnown: (line: EvidenceLine) => boolean,
): EvidenceLine[] => {
  const { from: seen, until: found } = spanOf(deaths);
  // What came after a start of the machine did not bring about its end.
  const until = reboot ? seen + minuteBeforeMs : found;
  return facts
    .filter((fact) => telling.has(fact.kind) && isNear(fact, seen - minuteBeforeMs, until))
    .filter((fact) => !isKnown(factLine(fact)))
    .map(contextLine);
};

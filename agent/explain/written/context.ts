import type { EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { Evidence } from '../evidence.ts';
import { minuteBeforeMs } from '../minute-before.ts';
import { contextLine } from './context-line.ts';
import { factLine, factsOf, isBetween } from './of-kind.ts';
import { spanOf } from './victims.ts';

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

/** What else was done in the minute before, says who wrote it down; `known` stands in the evidence already. */
export const contextOf = (
  { facts = [], deaths, reboot }: Evidence,
  known: readonly EvidenceLine[],
): EvidenceLine[] => {
  const { from: seen, until: found } = spanOf(deaths);
  // What came after a start of the machine did not bring about its end.
  const until = reboot ? seen + minuteBeforeMs : found;
  const isKnown = (fact: SourceFact): boolean => {
    const { at, text } = factLine(fact);
    return known.some((one) => one.at === at && one.text === text);
  };
  return facts
    .filter((fact) => telling.has(fact.kind) && isNear(fact, seen - minuteBeforeMs, until))
    .filter((fact) => !isKnown(fact))
    .map(contextLine);
};

/** More sources than this nobody mends at once. */
const mostUnread = 3;

const others = 'what others wrote down';
const notAll = `${others}: not all of it was read: `;

/** Whether a verdict lacks what was left out of a source. */
export const tellsOfCut = ({ missing }: Pick<Verdict, 'missing'>): boolean =>
  missing.some((text) => text.startsWith(notAll));

/** Sources that could not be read, or not whole: they might have made certain what is not. */
export const unreadOf = (evidence: Evidence): string[] => {
  const { unread = [] } = evidence;
  const cuts = factsOf(evidence, 'cut').map(({ source, text }) => `${source}: ${text}`);
  return [
    ...unread.slice(0, mostUnread).map((why) => `${others}: it could not be read: ${why}`),
    ...cuts.slice(0, mostUnread).map((why) => `${notAll}${why}`),
  ].map((text) => text.slice(0, 300));
};

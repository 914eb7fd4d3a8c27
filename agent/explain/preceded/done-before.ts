import type { EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { fittingLines, inOrder } from '../evidence-lines.ts';
import { contextOf } from './context.ts';
import { earlierLines } from './earlier.ts';

/** More of it nobody reads. */
const most = 5;

/** The nearest lines that fit into so many bytes. */
const nearest = (lines: readonly EvidenceLine[], maxBytes: number): EvidenceLine[] =>
  fittingLines(lines.toReversed(), maxBytes).toReversed();

/**
 * What people and programs did in the minute before, beside what the verdict stands on: logins, runs of packages, commands as
 * somebody else, signals and commands that ended something or might have. In order of time.
 */
export const doneBefore = (
  evidence: Evidence,
  { evidence: known, actor }: Pick<Verdict, 'evidence' | 'actor'>,
  maxBytes: number,
): EvidenceLine[] => {
  const seen = earlierLines(evidence, actor?.pid ?? null);
  const isKnown = ({ at, text }: EvidenceLine): boolean =>
    known.some((one) => one.at === at && one.text === text);
  const isNew = (line: EvidenceLine): boolean => !isKnown(line);
  const lines = inOrder([...contextOf(evidence, isKnown), ...seen.filter(isNew)]);
  return nearest(lines.slice(-most), maxBytes);
};

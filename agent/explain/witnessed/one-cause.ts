import type { DeathRecord } from '../../model/events/death.ts';
import type { Evidence } from '../evidence.ts';
import { type Ending, endingOf } from './ending.ts';
import type { Finding } from './finding.ts';

/** An incident that one thing was behind. */
export interface OneCause extends Pick<Ending, 'told' | 'scope' | 'unexplained'> {
  first: Finding;
  findings: readonly Finding[];
}

/** Deaths that look as those explained: tmux wrote the same end down. */
const looksAs = (death: DeathRecord, { death: explained }: Finding): boolean =>
  death.exit !== null &&
  death.exit.status === explained?.exit?.status &&
  death.exit.signal === explained.exit.signal;

/** What was behind all of an incident; null: the kernel told nothing, or of several things. */
export const oneCause = (evidence: Evidence): OneCause | null => {
  const ending = endingOf(evidence);
  const [findings, ...others] = ending?.groups ?? [];
  if (!ending || !findings || others.length > 0) return null;
  const { told, scope, unexplained } = ending;
  const [first] = findings;
  if (!unexplained.every((death) => looksAs(death, first))) return null;
  return { told, scope, unexplained, first, findings };
};

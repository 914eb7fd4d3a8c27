import type { EvidenceLine } from '../../model/events/incident.ts';
import { allKnown } from '../all-known.ts';
import type { Evidence } from '../evidence.ts';
import { type FactOf, factLine, factsOf } from './facts.ts';

type Option = FactOf<'tmux-option'>;

/** What an option of the server was when it was last listed; null: nobody told. */
export const serverOption = (
  evidence: Evidence,
  option: 'exit-unattached' | 'exit-empty',
): Option | null =>
  factsOf(evidence, 'tmux-option').findLast(
    (fact) => fact.option === option && fact.server === evidence.server.name,
  ) ?? null;

/** What destroy-unattached was for each session that died; null: nobody told. */
const unattached = (evidence: Evidence): (Option | null)[] =>
  evidence.deaths.map(
    ({ tmuxId, server }) =>
      factsOf(evidence, 'tmux-option').findLast(
        (fact) => fact.tmuxId === tmuxId && fact.server === server,
      ) ?? null,
  );

/** That all of these sessions were to go with their last client; null: not all were, or nobody told. */
export const goneUnattached = (evidence: Evidence): [Option, ...Option[]] | null => {
  const options = allKnown(unattached(evidence));
  return options?.every(({ isOn }) => isOn) ? options : null;
};

/** Why a session goes by that option, for a sentence, and what the option alone leaves open. */
export const byUnattached = {
  why: 'destroy-unattached was on, by which it goes with its last client',
  missing: 'whether its last client left then: tmux writes that down nowhere',
};

/** Whether that option ended none of them. */
export const isUnattachedOff = (evidence: Evidence): boolean =>
  unattached(evidence).every((option) => option?.isOn === false);

/** The options by which a server ends by itself, as they were. */
export const serverOptionLines = (evidence: Evidence): EvidenceLine[] =>
  (['exit-unattached', 'exit-empty'] as const).flatMap((option) => {
    const fact = serverOption(evidence, option);
    return fact ? [factLine(fact)] : [];
  });

import type { Seen } from './platform.ts';
import type { Kind } from './samples.ts';

export type Phase = 'before' | 'after';

/** What became of one message. */
export interface Outcome {
  phase: Phase;
  kind: Kind;
  id: string;
  /** How often it was handled; once is right. */
  handled: number;
  /** What was not as it was sent. */
  changed: ('sender' | 'timestamp' | 'text')[];
}

/** A document, and a text for people. */
export interface Report {
  schema: 1;
  platform: string;
  passed: boolean;
  /** Whether the bot was restarted between the phases. */
  restarted: boolean;
  outcomes: Outcome[];
  /** What was said to be handled and was nothing of the trial. */
  unknown: number;
  /** What feeding or restarting the bot threw. */
  errors: string[];
  text: string;
}

const differences = (expected: Seen, seen: Seen): Outcome['changed'] => [
  ...(expected.from !== undefined && seen.from !== expected.from ? (['sender'] as const) : []),
  ...(expected.at !== undefined && seen.at !== expected.at ? (['timestamp'] as const) : []),
  ...(expected.text !== undefined && seen.text !== expected.text ? (['text'] as const) : []),
];

export const outcomeOf = (
  phase: Phase,
  kind: Kind,
  expected: Seen,
  seen: readonly Seen[],
): Outcome => ({
  ...{ phase, kind, id: expected.id, handled: seen.length },
  changed: [...new Set(seen.flatMap((one) => differences(expected, one)))],
});

const isRight = ({ handled, changed }: Outcome): boolean => handled === 1 && changed.length === 0;

const wordsFor = ({ handled, changed }: Outcome): string => {
  const times = handled === 0 ? 'not handled' : `handled ${handled} times`;
  const wrong = changed.length === 0 ? '' : `${changed.join(' and ')} changed`;
  return [...(handled === 1 ? [] : [times]), ...(wrong === '' ? [] : [wrong])].join('; ') || 'ok';
};

const linesOf = (title: string, outcomes: readonly Outcome[]): string[] =>
  outcomes.length === 0
    ? []
    : [title, ...outcomes.map((one) => `  ${one.kind.padEnd(14)}${wordsFor(one)}`)];

const textOf = ({
  platform,
  outcomes,
  unknown,
  errors,
  restarted,
}: Omit<Report, 'text' | 'passed' | 'schema'>) => {
  const of = (phase: Phase): Outcome[] => outcomes.filter((one) => one.phase === phase);
  const right = outcomes.filter(isRight).length;
  return [
    ...linesOf(restarted ? `${platform}, before the restart` : platform, of('before')),
    ...linesOf(`${platform}, after the restart`, of('after')),
    ...(unknown === 0 ? [] : [`handled, but never sent: ${unknown}`]),
    ...errors.map((error) => `error: ${error}`),
    `${right} of ${outcomes.length} messages were handled once, with sender, time and text as they were sent`,
  ].join('\n');
};

export const reportOf = (found: Omit<Report, 'text' | 'passed' | 'schema'>): Report => ({
  schema: 1,
  ...found,
  passed: found.outcomes.every(isRight) && found.unknown === 0 && found.errors.length === 0,
  text: textOf(found),
});

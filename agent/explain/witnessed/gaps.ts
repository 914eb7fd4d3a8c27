import type { DeathRecord } from '../../model/events/death.ts';
import type { Evidence } from '../evidence.ts';
import { senderUnseen } from '../wording.ts';
import { heedMs } from './passed-on.ts';
import { isTold } from './told.ts';

/** The kernel throws events away before their neighbours are read. ms */
const aroundMs = 1000;

const beginning = ({ lastSeen, found, ageMs }: DeathRecord): number =>
  Math.max(found - ageMs, Math.min(lastSeen, found - heedMs));

/** The time that counts: a request of some seconds before may have been heeded. */
const relevantSpan = (deaths: readonly DeathRecord[]): { from: number; until: number } => ({
  from: Math.min(...deaths.map(beginning)),
  until: Math.max(...deaths.map(({ found }) => found)),
});

/** What the witness itself missed of the time in which the sessions ended. */
export const gapsIn = (evidence: Evidence): string[] => {
  if (!isTold(evidence)) return [];
  const { testimony, deaths } = evidence;
  const { from, until } = relevantSpan(deaths);
  const lost = testimony.lost.filter(({ at }) => at >= from - aroundMs && at <= until + aroundMs);
  const count = lost.reduce((sum, one) => sum + one.count, 0);
  return [
    ...(lost.length > 0
      ? [`evidence that was lost: the kernel threw away ${count} events of that time`]
      : []),
    ...(testimony.since > from
      ? ['what came before: the witness was not there for all of the time that counts']
      : []),
    ...((testimony.readUntil ?? until) < until
      ? ['what the witness had not read when it was asked: the machine was that busy']
      : []),
  ];
};

/** Whether the kernel would have been heard, had it said anything of these ends. */
export const isComplete = (evidence: Evidence): boolean =>
  isTold(evidence) && gapsIn(evidence).length === 0;

/** Why what only a witness sees was not seen. */
const unseenBecause = (evidence: Evidence): string => {
  if (isTold(evidence)) {
    return isComplete(evidence)
      ? 'the kernel told of no such signal'
      : 'what the kernel told does not cover that time';
  }
  return `a witness would have told: ${evidence.untold ?? 'nobody asked one'}`;
};

/** What only a witness sees, and why it was not seen. @param what for a list of what is missing: `whether …` */
export const untoldOf = (evidence: Evidence, what: string): string =>
  `${what}: ${unseenBecause(evidence)}`.slice(0, 300);

/** Why nobody can be named. */
export const senderMissing = (evidence: Evidence): string => {
  if (isTold(evidence)) {
    return isComplete(evidence)
      ? 'who sent it: the kernel told of no such signal'
      : 'who sent it: what the kernel told does not cover that time';
  }
  if (evidence.untold === undefined) return senderUnseen(evidence.deaths);
  return `who sent it: the sender of a signal is not visible here: ${evidence.untold}`.slice(
    0,
    300,
  );
};

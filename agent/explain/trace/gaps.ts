import type { DeathRecord } from '../../model/events/death.ts';
import type { Evidence } from '../evidence.ts';
import { senderUnseen } from '../wording.ts';
import { isTold } from './told.ts';

/** The kernel throws events away before their neighbours are read. ms */
const aroundMs = 1000;

/** From when on a signal may have led to a death: a request is heeded within this time. ms */
const beforeMs = 10_000;

const beginning = ({ lastSeen, found, ageMs }: DeathRecord): number =>
  Math.max(found - ageMs, Math.min(lastSeen, found - beforeMs));

const spanOf = (deaths: readonly DeathRecord[]): { from: number; until: number } => ({
  from: Math.min(...deaths.map(beginning)),
  until: Math.max(...deaths.map(({ found }) => found)),
});

/** What the witness itself missed of the time in which the sessions ended. */
export const gapsIn = (evidence: Evidence): string[] => {
  if (!isTold(evidence)) return [];
  const { testimony, deaths } = evidence;
  const { from, until } = spanOf(deaths);
  const lost = testimony.lost.filter(({ at }) => at >= from - aroundMs && at <= until + aroundMs);
  const count = lost.reduce((sum, one) => sum + one.count, 0);
  return [
    ...(lost.length > 0
      ? [`evidence that was lost: the kernel threw away ${count} events of that time`]
      : []),
    ...(testimony.since > from
      ? ['what came before: the witness was not there for all of the time that counts']
      : []),
  ];
};

/** Whether the kernel would have been heard, had it said anything of these ends. */
export const isComplete = (evidence: Evidence): boolean =>
  isTold(evidence) && gapsIn(evidence).length === 0;

/** Why nobody can be named. */
export const senderMissing = (evidence: Evidence): string => {
  if (isTold(evidence)) {
    return isComplete(evidence)
      ? 'who sent it: the kernel told of no such signal'
      : 'who sent it: what the kernel told does not cover that time';
  }
  if (evidence.untold === undefined) return senderUnseen;
  return `who sent it: the sender of a signal is not visible here: ${evidence.untold}`.slice(
    0,
    300,
  );
};

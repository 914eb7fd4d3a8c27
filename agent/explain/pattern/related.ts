import { killerKey } from './killer.ts';
import type { PastEnd } from './past-end.ts';

/** How far back a pattern goes, ms: 30 days. */
const patternMs = 30 * 24 * 3_600_000;

/** More of the newest say nothing more, and are not looked at. */
export const mostEnds = 200;

const hasSameKiller = (a: PastEnd, b: PastEnd): boolean =>
  a.actor !== null && b.actor !== null && killerKey(a.actor) === killerKey(b.actor);

const isWide = ({ scope }: PastEnd): boolean => scope === 'server' || scope === 'host';

/** Of the same session, or the whole server again, or by the same killer; never of another server, which is another's. */
const relationTo = (present: PastEnd) => {
  const sessions = new Set(present.sessions);
  return (end: PastEnd): boolean =>
    end.server === present.server &&
    (end.sessions.some((session) => sessions.has(session)) ||
      (isWide(end) && isWide(present)) ||
      hasSameKiller(end, present));
};

/** Whether the same happened again: the same cause, and the same signal or the same killer. */
export const isAlike = (a: PastEnd, b: PastEnd): boolean =>
  a.cause === b.cause && (a.signal === b.signal || hasSameKiller(a, b));

/**
 * What came before `present` and has to do with it, oldest first. A clock that was set leaves ends whose time is after the
 * present one: nothing is known of when they were, and they do not count.
 */
export const relatedTo = (present: PastEnd, history: readonly PastEnd[]): PastEnd[] => {
  const isRelated = relationTo(present);
  return history
    .filter(({ at, incident }) => at <= present.at && incident !== present.incident)
    .filter((end) => end.at >= present.at - patternMs && isRelated(end))
    .sort((a, b) => a.at - b.at)
    .slice(1 - mostEnds);
};

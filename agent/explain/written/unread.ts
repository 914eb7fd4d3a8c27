import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { factsOf } from './facts.ts';

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

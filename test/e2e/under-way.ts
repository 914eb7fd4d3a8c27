import type { Event, EventOf } from '../../agent/model/event.ts';
import type { Follower } from './follower.ts';

type Requested = EventOf<'action.requested'>['data'];

/** What was begun and is not settled. */
export const underWay = (events: readonly Event[]): Requested[] => {
  const begun = new Map<string, Requested>();
  for (const { type, data } of events) {
    if (type === 'action.requested') begun.set(data.action, data);
    else if (type === 'action.done' || type === 'action.failed' || type === 'action.lost') {
      begun.delete(data.action);
    }
    // How it went may be among what was lost.
    if (type === 'events.gap') begun.clear();
  }
  return [...begun.values()];
};

/** Resolves when nothing is being done: who asks for something meanwhile may be told that it is being done already. */
export const untilIdle = ({ until }: Pick<Follower, 'until'>): Promise<true> =>
  until('nothing under way', (events) => (underWay(events).length === 0 ? true : undefined));

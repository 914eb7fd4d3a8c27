import { duration } from './duration.ts';
import type { Event, EventOf, EventType } from './event.ts';
import type { Target } from './events/action.ts';

export interface Deed {
  at: number;
  text: string;
}

type Settlement = EventOf<'action.done'> | EventOf<'action.failed'> | EventOf<'action.lost'>;

const isA =
  <T extends EventType>(...types: T[]) =>
  (event: Event): event is Extract<Event, { type: T }> =>
    (types as EventType[]).includes(event.type);

const targetText = ({ server, session }: Target): string => session ?? `server ${server}`;

const settlementText = (requestedAt: number, settlement: Settlement | undefined): string => {
  if (!settlement) return 'not settled yet';
  if (settlement.type === 'action.done')
    return `done after ${duration(settlement.at - requestedAt)}`;
  if (settlement.type === 'action.failed') return `failed: ${settlement.data.message}`;
  return `lost: ${settlement.data.why}`;
};

/** What Holdfast decided and did about an incident, in order, each action with how it ended. */
export const deedsIn = (events: readonly Event[]): Deed[] => {
  const settlements = new Map(
    events
      .filter(isA('action.done', 'action.failed', 'action.lost'))
      .map((event) => [event.data.action, event]),
  );
  return events
    .filter(isA('decision.made', 'action.requested', 'supervision.started'))
    .sort((a, b) => a.seq - b.seq)
    .map((event): Deed => {
      if (event.type === 'decision.made') {
        const { decision, reason, target } = event.data;
        return { at: event.at, text: `decided: ${decision} ${targetText(target)} (${reason})` };
      }
      if (event.type === 'supervision.started') {
        return { at: event.at, text: `${event.data.session} is back and supervised` };
      }
      const { kind, target, action } = event.data;
      const how = settlementText(event.at, settlements.get(action));
      return { at: event.at, text: `${kind} ${targetText(target)}: ${how}` };
    });
};

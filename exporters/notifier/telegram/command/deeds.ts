import { duration } from '../../../../agent/model/duration.ts';
import type { Event } from '../../../../agent/model/event.ts';
import type { Target } from '../../../../agent/model/events/action.ts';
import { incidentTexts } from '../texts.ts';

export interface Done {
  at: number;
  text: string;
}

const targetText = ({ server, session }: Target): string => session ?? `server ${server}`;

const endOf = (events: readonly Event[], action: string, since: number): string => {
  for (const event of events) {
    if (event.type === 'action.done' && event.data.action === action)
      return incidentTexts.doneAfter(duration(event.at - since));
    if (event.type === 'action.failed' && event.data.action === action)
      return incidentTexts.failedBecause(event.data.message);
    if (event.type === 'action.lost' && event.data.action === action)
      return incidentTexts.lostBecause(event.data.why);
  }
  return incidentTexts.notSettled;
};

/** What Holdfast decided and did about an incident, in order, each action with how it ended. */
export const deedsIn = (events: readonly Event[]): Done[] =>
  events.flatMap((event): Done[] => {
    if (event.type === 'decision.made') {
      const { decision, reason, target } = event.data;
      return [{ at: event.at, text: `decided: ${decision} ${targetText(target)} (${reason})` }];
    }
    if (event.type === 'action.requested') {
      const { kind, target, action } = event.data;
      const end = endOf(events, action, event.at);
      return [{ at: event.at, text: `${kind} ${targetText(target)}: ${end}` }];
    }
    return [];
  });

import type { Event, EventOf } from '../../agent/model/event.ts';
import type { Verdict } from '../../agent/model/events/incident.ts';

/** How Holdfast tells that a session is no more. */
type End = EventOf<'session.died'> | EventOf<'session.ended'>;

export const isEnd = (event: Event): event is End & Event =>
  event.type === 'session.died' || event.type === 'session.ended';

/** Those whose end was called meant, each with the reason. */
export const calledMeant = (ends: readonly End[]): string[] =>
  ends.flatMap(({ type, data }) =>
    type === 'session.ended' ? [`${data.session} was taken for ${data.reason}`] : [],
  );

/** The incidents that name one of these sessions, in their order. */
export const incidentsNaming = (
  events: readonly Event[],
  sessions: readonly string[],
): string[] => {
  const named = events.flatMap((event) =>
    (event.type === 'incident.opened' || event.type === 'incident.grew') &&
    event.data.sessions.some((session) => sessions.includes(session))
      ? [event.data.incident]
      : [],
  );
  return [...new Set(named)];
};

/** Verdicts on an incident that know of everything up to `after`, which is the number of an event. */
export const verdictsOn = (events: readonly Event[], incident: string, after = 0): Verdict[] =>
  events.flatMap((event) =>
    event.type === 'verdict.reached' && event.data.incident === incident && event.seq > after
      ? [event.data.verdict]
      : [],
  );

import type { Catalogue, Event } from '../../model/event.ts';

/** The session an event is about, else its server, else nothing. */
export const subjectOf = (event: Event): string => {
  const data = event.data as {
    session?: string;
    server?: string;
    target?: Catalogue['decision.made']['target'];
  };
  return data.session ?? data.target?.session ?? data.server ?? data.target?.server ?? '';
};

/** Whether an event is about the session: by name, or as one of many. */
export const concerns = (event: Event, session: string): boolean => {
  const data = event.data as {
    session?: string;
    sessions?: unknown;
    target?: { session: string | null };
  };
  const { sessions } = data;
  return (
    data.session === session ||
    data.target?.session === session ||
    (Array.isArray(sessions) && sessions.includes(session))
  );
};

import type { Event } from '../../model/event.ts';
import type { Requester, Target } from '../../model/events/action.ts';

/** What an event does not say itself: the target of an action, the server and the sessions of an incident. */
export interface Context {
  actions: Map<string, { kind: string; reason: string; target: Target; by?: Requester }>;
  incidents: Map<string, { server: string; sessions: string[] }>;
}

/** Beyond this many the oldest is forgotten: its last entry then has its id alone. */
const maxRemembered = 200;

export const emptyContext = (): Context => ({ actions: new Map(), incidents: new Map() });

const remember = <Value>(map: Map<string, Value>, key: string, value: Value): void => {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > maxRemembered && oldest !== undefined) map.delete(oldest);
};

/** To be told of every event before its entry is made. */
export const take = ({ actions, incidents }: Context, { type, data }: Event): void => {
  if (type === 'action.requested') {
    const { action, kind, reason, target, by } = data;
    remember(actions, action, { kind, reason, target, ...(by && { by }) });
  }
  if (type === 'incident.opened') {
    remember(incidents, data.incident, { server: data.server, sessions: [...data.sessions] });
  }
  if (type === 'incident.grew') {
    const known = incidents.get(data.incident);
    if (known) known.sessions = [...known.sessions, ...data.sessions].slice(-maxRemembered);
  }
};

/** An action that is settled is not asked for again. */
export const release = ({ actions }: Context, { type, data }: Event): void => {
  if (type === 'action.done' || type === 'action.failed' || type === 'action.lost') {
    actions.delete(data.action);
  }
};

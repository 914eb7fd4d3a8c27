import type { Event } from '../../../agent/model/event.ts';

/** What people and programs are to know of an incident, by the log. */
export interface Expected {
  incident: string;
  /** All its sessions are back. */
  isOver: boolean;
}

/** The sessions that died and are not back. */
const downIn = (log: readonly Event[]): Set<string> => {
  const down = new Set<string>();
  for (const { type, data } of log) {
    if (type === 'session.died') down.add(data.session);
    if (type === 'supervision.started') down.delete(data.session);
  }
  return down;
};

export const expectedOf = (log: readonly Event[]): Expected[] => {
  const down = downIn(log);
  const sessions = new Map<string, string[]>();
  for (const { type, data } of log) {
    if (type === 'incident.opened') sessions.set(data.incident, data.sessions);
    if (type === 'incident.grew') sessions.get(data.incident)?.push(...data.sessions);
  }
  return [...sessions].map(([incident, names]) => ({
    incident,
    isOver: !names.some((name) => down.has(name)),
  }));
};

import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import { jsonBytes } from '../model/json-size.ts';
import type { Incident } from '../model/state.ts';
import type { AgentMethods, EventQuery, IncidentReport } from '../protocol/agent.ts';

/**
 * What an answer holds at most, bytes of JSON, by about one chunk of the log: each client may leave one unread, and all
 * of them together must fit into the agent's `MemoryMax=`.
 */
const answerBytes = 1024 * 1024;

const defaultLimit = 1000;

export const readEvents = async (
  log: EventLog,
  query: EventQuery,
): Promise<AgentMethods['events.read']['result']> => {
  const page = await log.readPage({ ...query, limit: query.limit ?? defaultLimit }, answerBytes);
  return { ...page, head: log.health().storedSeq };
};

/** The last of `all` that fit into an answer; at least one. */
export const newestWithin = <T>(all: readonly T[]): T[] => {
  let bytes = 0;
  const tooOld = all.findLastIndex((one) => {
    bytes += jsonBytes(one);
    return bytes > answerBytes;
  });
  return all.slice(Math.min(tooOld + 1, all.length - 1));
};

/** Around an incident: deaths come up to 2 s after it opens, what was done about it within the minute after. */
const reportMs = 60_000;
const reportLimit = 1000;

const isEnd = (event: Event) => event.type === 'session.died' || event.type === 'unit.ended';

/** What belongs to an incident: its trace, and the ends of its sessions. */
const belongsTo = ({ trace, lives }: Incident) => {
  const known = new Set(lives);
  return (event: Event): boolean =>
    event.trace === trace || (isEnd(event) && known.has(event.data.life));
};

/** What of a report stands in the log. */
export type ReadReport = Pick<IncidentReport, 'incident' | 'events' | 'more'>;

/**
 * An incident with its events. Where they do not fit into an answer, deaths are left out, and never those of `session`:
 * what was done about them is small, and a page without it would say that nothing was.
 */
export const readReport = async (
  log: EventLog,
  incident: Incident,
  session?: string,
): Promise<ReadReport> => {
  const belongs = belongsTo(incident);
  const range = { since: incident.openedAt - 1000, until: incident.openedAt + reportMs };
  const report: ReadReport = { incident, events: [], more: false };
  let bytes = 0;
  let left = reportLimit;
  for (let after: number | null = 0; after !== null && left > 0; ) {
    const page = await log.readPage({ ...range, after, limit: left }, answerBytes);
    for (const event of page.events.filter(belongs)) {
      bytes += jsonBytes(event);
      const isLeftOut = event.type === 'session.died' && event.data.session !== session;
      if (bytes > answerBytes && isLeftOut) report.more = true;
      else report.events.push(event);
    }
    left -= page.events.length;
    after = page.next;
  }
  return report;
};

import type { PastEnd } from '../explain/pattern/past-end.ts';
import { pastEndOf } from '../explain/pattern/past-end-of.ts';
import { patternOf } from '../explain/pattern/pattern.ts';
import { mostEnds, relatedTo } from '../explain/pattern/related.ts';
import { deathIn, deathTypes } from '../model/death-in.ts';
import type { EventLog } from '../model/event-log.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Incident, State } from '../model/state.ts';
import { localClock } from './local-clock.ts';

/** An incident of a whole server is told by some of its sessions: each is one more question to the store. */
const mostSessions = 6;

/** Of the records, which have up to 8 KiB each, only a page is in memory at a time. */
const pageBytes = 256 * 1024;

/** Records come up to 2 s after their incident opens. */
const aroundMs = 2000;

type Ends = Map<string, { incident: Incident; end: PastEnd }>;

/** The verdicts are in the state. Incidents are numbered, so its record has them in their order. */
const endsUpTo = (state: State, present: Incident): Ends => {
  const all = Object.values(state.incidents);
  const until = all.findIndex(({ incident }) => incident === present.incident);
  return new Map(
    all.slice(0, until + 1).flatMap((incident) => {
      const end = pastEndOf(incident, null);
      return end ? [[incident.incident, { incident, end }] as const] : [];
    }),
  );
};

/** The sessions to ask for: those that the present incident shares with most of the others, the one asked about first. */
const sessionsOf = (ends: readonly PastEnd[], present: PastEnd, session?: string): string[] => {
  const counts = new Map<string, number>();
  const own = new Set(present.sessions);
  for (const { sessions } of ends) {
    const shared = sessions.filter((one) => own.has(one));
    for (const one of shared.length > 0 ? shared : sessions.slice(0, 1))
      counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const weight = (one: string): number => (one === session ? mostEnds + 1 : (counts.get(one) ?? 0));
  return [...counts.keys()].sort((a, b) => weight(b) - weight(a)).slice(0, mostSessions);
};

/** Puts the first record that is found of each end to it. */
const addRecords = async (
  log: EventLog,
  ends: Ends,
  session: string,
  range: { since: number; until: number },
): Promise<void> => {
  const query = { ...range, session, types: deathTypes };
  let left = 2 * mostEnds;
  for (let after: number | null = 0; after !== null && left > 0; ) {
    const page = await log.readPage({ ...query, after, limit: left }, pageBytes);
    for (const event of page.events) {
      const death = deathIn(event);
      const known = death ? ends.get(death.incident) : undefined;
      if (!death || !known || known.end.death || known.incident.server !== death.server) continue;
      known.end = pastEndOf(known.incident, death) ?? known.end;
    }
    left -= page.events.length;
    after = page.next;
  }
};

/**
 * How the same came about within 30 days before an incident: by the incidents of its server that the state knows, two hundred
 * at most, and what the log recorded of their deaths. Null: it did not, or there is no verdict yet.
 * @param session the one that is asked about, where there is one
 */
export const readPattern = async (
  log: EventLog,
  state: State,
  incident: Incident,
  session?: string,
): Promise<Pattern | null> => {
  const all = endsUpTo(state, incident);
  const present = all.get(incident.incident);
  if (!present) return null;
  const related = relatedTo(
    present.end,
    [...all.values()].map(({ end }) => end),
  );
  const ends: Ends = new Map(
    [...related, present.end].flatMap((end) => {
      const known = all.get(end.incident);
      return known ? [[end.incident, known] as const] : [];
    }),
  );
  const [first] = related;
  if (!first) return null;
  const range = { since: first.at - aroundMs, until: incident.openedAt + aroundMs };
  for (const one of sessionsOf([...related, present.end], present.end, session)) {
    if ([...ends.values()].every(({ end }) => end.death)) break;
    await addRecords(log, ends, one, range);
  }
  const { end } = ends.get(incident.incident) ?? present;
  return patternOf(
    end,
    [...ends.values()].map((known) => known.end),
    localClock,
  );
};

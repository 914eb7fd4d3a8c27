import type { IncidentEvents, Verdict } from '../events/incident.ts';
import { type Incident, maxIncidents, maxUnexplained, type State } from '../state.ts';
import { unitsServer } from '../unit-state.ts';
import { type Handlers, increment } from './handler.ts';

/** What dies again and again has no more than so many, where there is no room for all. */
const mostOfOne = 10;

/** Those first that can be missed best: of what there are most of the oldest, then the oldest of all. */
const leastMissed = (incidents: readonly Incident[]): Incident[] => {
  const counts = new Map<string, number>();
  const excess = new Map<Incident, number>();
  for (const incident of incidents.toReversed()) {
    const newer = incident.sessions.map((session) => {
      const key = `${incident.server}\0${session}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return count;
    });
    const least = newer.length > 0 ? Math.min(...newer) : 0;
    excess.set(incident, least < mostOfOne ? 0 : least);
  }
  return incidents.toSorted((a, b) => (excess.get(b) ?? 0) - (excess.get(a) ?? 0));
};

/** Those that are explained go; one that is not waits for its verdict, unless there are far too many of those. */
const dropOldest = (draft: State): void => {
  const all = Object.values(draft.incidents);
  if (all.length <= maxIncidents) return;
  const explained = all.filter(({ verdict }) => verdict !== null);
  const leaving = new Set(leastMissed(explained).slice(0, all.length - maxIncidents));
  const staying = all.filter((incident) => !leaving.has(incident));
  for (const one of staying.slice(0, Math.max(0, staying.length - maxUnexplained)))
    leaving.add(one);
  for (const { incident } of leaving) delete draft.incidents[incident];
};

/** Snapshots of older releases have counted none. */
const countVerdict = ({ counts }: State, { cause, confidence, actor }: Verdict): void => {
  counts.verdicts ??= {};
  increment(counts.verdicts, `${cause} ${confidence}`);
  counts.verdictsNamed = (counts.verdictsNamed ?? 0) + (actor ? 1 : 0);
};

/** Sessions and units are counted apart. Snapshots of older releases have counted no units. */
const causesOf = ({ counts }: State, { server }: Incident): State['counts']['diedByCause'] => {
  if (server !== unitsServer) return counts.diedByCause;
  counts.unitsDiedByCause ??= {};
  return counts.unitsDiedByCause;
};

export const incidentHandlers: Handlers<IncidentEvents> = {
  'incident.opened': (draft, { at, trace, data }) => {
    if (draft.incidents[data.incident]) return 'incident-exists';
    const { incident, server, lives, sessions } = data;
    const known = { incident, server, lives, sessions, openedAt: at, trace };
    draft.incidents[incident] = { ...known, verdict: null, counted: 0 };
    draft.counts.incidents += 1;
    dropOldest(draft);
    return undefined;
  },

  'incident.grew': (draft, { data }) => {
    const incident = draft.incidents[data.incident];
    if (!incident) return 'unknown-incident';
    draft.incidents[data.incident] = {
      ...incident,
      lives: [...incident.lives, ...data.lives],
      sessions: [...incident.sessions, ...data.sessions],
    };
    return undefined;
  },

  'verdict.reached': (draft, { data }) => {
    const incident = draft.incidents[data.incident];
    if (!incident) return 'unknown-incident';
    const counted = incident.lives.length;
    draft.incidents[data.incident] = { ...incident, verdict: data.verdict, counted };
    // A second verdict counts only the lives that joined since: a counter never goes back.
    const byCause = causesOf(draft, incident);
    const { cause } = data.verdict;
    byCause[cause] = (byCause[cause] ?? 0) + counted - incident.counted;
    if (!data.confirms) countVerdict(draft, data.verdict);
    return undefined;
  },
};

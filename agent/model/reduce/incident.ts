import type { IncidentEvents, Verdict } from '../events/incident.ts';
import { maxIncidents, maxUnexplained, type State } from '../state.ts';
import { type Handlers, increment } from './handler.ts';

/** The oldest that are explained go; one that is not waits for its verdict, unless there are far too many of those. */
const dropOldest = (draft: State): void => {
  const all = Object.values(draft.incidents);
  const explained = all.filter(({ verdict }) => verdict !== null);
  const leaving = explained.slice(0, Math.max(0, all.length - maxIncidents));
  const staying = all.filter((incident) => !leaving.includes(incident));
  leaving.push(...staying.slice(0, Math.max(0, staying.length - maxUnexplained)));
  for (const { incident } of leaving) delete draft.incidents[incident];
};

/** Snapshots of older releases have counted none. */
const countVerdict = ({ counts }: State, { cause, confidence, actor }: Verdict): void => {
  counts.verdicts ??= {};
  increment(counts.verdicts, `${cause} ${confidence}`);
  counts.verdictsNamed = (counts.verdictsNamed ?? 0) + (actor ? 1 : 0);
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
    const { diedByCause } = draft.counts;
    const { cause } = data.verdict;
    diedByCause[cause] = (diedByCause[cause] ?? 0) + counted - incident.counted;
    if (!data.confirms) countVerdict(draft, data.verdict);
    return undefined;
  },
};

import type { IncidentEvents } from '../events/incident.ts';
import { maxIncidents, type State } from '../state.ts';
import type { Handlers } from './handler.ts';

const dropOldest = (draft: State): void => {
  const ids = Object.keys(draft.incidents);
  for (const id of ids.slice(0, Math.max(0, ids.length - maxIncidents))) delete draft.incidents[id];
};

export const incidentHandlers: Handlers<IncidentEvents> = {
  'incident.opened': (draft, { at, trace, data }) => {
    if (draft.incidents[data.incident]) return 'incident-exists';
    draft.incidents[data.incident] = { ...data, openedAt: at, trace, verdict: null, counted: 0 };
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
    return undefined;
  },
};

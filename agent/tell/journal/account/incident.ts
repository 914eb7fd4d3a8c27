import type { IncidentEvents, Verdict } from '../../../model/events/incident.ts';
import type { Context } from '../context.ts';
import type { Subject } from '../subject.ts';
import type { Accounts } from './account.ts';

const shownNames = 5;

const names = (sessions: readonly string[]): string => {
  const more = sessions.length - shownNames;
  return `${sessions.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

export const ofIncident = (incident: string, { incidents }: Context): Subject => {
  const known = incidents.get(incident);
  return known ? { incident, server: known.server, session: known.sessions } : { incident };
};

/** A catalog shows the name of a field that is not there. */
const nobody = 'nobody that was seen';

const ofActor = ({ actor }: Verdict): Subject => {
  if (!actor) return { actor: nobody };
  const { pid, comm, cmdline, uid, unit, session } = actor;
  return {
    actor: `${comm.trim() || 'a process without a name'} (pid ${pid})`,
    actorPid: String(pid),
    actorComm: comm,
    ...(cmdline === null ? {} : { actorCmdline: cmdline }),
    ...(uid === null ? {} : { actorUid: String(uid) }),
    ...(unit === null ? {} : { actorUnit: unit }),
    ...(session === null ? {} : { actorSession: session }),
  };
};

export const incidentAccounts: Accounts<IncidentEvents> = {
  'incident.opened': {
    sentence: ({ incident, sessions }) => `Incident ${incident} opened: ${names(sessions)}`,
    subject: ({ incident }, context) => ofIncident(incident, context),
  },
  'incident.grew': {
    sentence: ({ incident, sessions }) => `Incident ${incident} grew: ${names(sessions)}`,
    subject: ({ incident }, context) => ofIncident(incident, context),
  },
  'verdict.reached': {
    sentence: ({ incident, verdict: { cause, confidence, summary } }) =>
      `Incident ${incident}: ${cause}, ${confidence}: ${summary}`,
    subject: ({ incident, verdict }, context) => {
      const { cause, confidence } = verdict;
      return { ...ofIncident(incident, context), cause, confidence, ...ofActor(verdict) };
    },
  },
};

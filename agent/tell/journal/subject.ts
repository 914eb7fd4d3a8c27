import type { Event } from '../../model/event.ts';
import type { Requester, Target } from '../../model/events/action.ts';
import type { Verdict } from '../../model/events/incident.ts';
import type { Remote } from '../../model/events/remote.ts';
import type { Context } from './context.ts';

/** What an entry can be asked for; what is not known of an event is not there. */
export interface Subject {
  session?: readonly string[];
  server?: string;
  owner?: string;
  incident?: string;
  life?: string;
  cause?: string;
  confidence?: string;
  /** Who did it, short enough for a catalog: journalctl puts in no more than 256 bytes (REPLACE_VAR_MAX). */
  actor?: string;
  actorPid?: string;
  actorComm?: string;
  actorCmdline?: string;
  actorUid?: string;
  actorUnit?: string;
  actorSession?: string;
  action?: string;
  reason?: string;
  alert?: string;
  channel?: string;
  /** Who asked from afar: his channel and his id there. */
  remote?: string;
}

const ofTarget = ({ session, server, life }: Target): Subject => ({
  ...(session === null ? {} : { session: [session] }),
  server,
  ...(life === null ? {} : { life }),
});

const ofRemote = ({ channel, user }: Remote): Subject => ({ remote: `${channel}:${user}` });

const ofRequester = ({ remote }: Requester): Subject => (remote ? ofRemote(remote) : {});

const ofAction = (action: string, { actions }: Context): Subject => {
  const known = actions.get(action);
  if (!known) return { action };
  const { target, reason, by } = known;
  return { ...ofTarget(target), action, reason, ...(by && ofRequester(by)) };
};

const ofIncident = (incident: string, { incidents }: Context): Subject => {
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

/** What an event is about. */
export const subjectOf = ({ type, data }: Event, context: Context): Subject => {
  switch (type) {
    case 'session.died': {
      const { session, server, life, incident } = data;
      return { session: [session], server, life, incident };
    }
    case 'session.ended': {
      const { session, server, life, reason } = data;
      return { session: [session], server, life, reason };
    }
    case 'health.changed': {
      const { session, server, life, reason } = data;
      return { session: [session], server, life, reason };
    }
    case 'supervision.started':
    case 'bot.connection_changed':
    case 'bot.lost': {
      const { session, server, life } = data;
      return { session: [session], server, life };
    }
    case 'incident.opened':
    case 'incident.grew':
      return ofIncident(data.incident, context);
    case 'alert.sent':
    case 'alert.failed': {
      const { alert, channel, incident } = data;
      return { ...(incident === null ? {} : ofIncident(incident, context)), alert, channel };
    }
    case 'alert.acknowledged':
      return { ...ofIncident(data.incident, context), ...ofRequester(data.by) };
    case 'alert.silenced':
      return {
        ...(data.session === null ? {} : { session: [data.session] }),
        ...ofRequester(data.by),
      };
    case 'alert.unsilenced':
      return ofRequester(data.by);
    case 'forecast.warned':
    case 'forecast.cleared': {
      const { session, server, life } = data;
      return {
        ...(session === null ? {} : { session: [session] }),
        ...(server === null ? {} : { server }),
        ...(life === null ? {} : { life }),
      };
    }
    case 'remote.paired':
    case 'remote.unpaired':
    case 'remote.refused':
      return ofRemote(data.remote);
    case 'verdict.reached': {
      const { cause, confidence } = data.verdict;
      const about = { ...ofIncident(data.incident, context), cause, confidence };
      return { ...about, ...ofActor(data.verdict) };
    }
    case 'decision.made':
      return { ...ofTarget(data.target), reason: data.reason };
    case 'action.done':
    case 'action.failed':
    case 'action.lost':
      return ofAction(data.action, context);
    case 'link.connected':
    case 'link.lost':
      return { owner: data.owner };
    case 'server.found':
    case 'server.died':
    case 'server.socket_lost':
    case 'server.socket_restored':
    case 'server.hung':
    case 'server.resumed':
      return { server: data.server };
    default:
      return {};
  }
};

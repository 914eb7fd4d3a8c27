import type { Event, EventOf } from '../../../agent/model/event.ts';
import type { Rig } from '../../e2e/rig.ts';
import type { Said } from '../grade.ts';
import type { Expected } from '../way.ts';
import type { Ground } from './ground.ts';

type End = EventOf<'session.died'> | EventOf<'session.ended'>;

const isEnd = (event: Event): event is End & Event =>
  event.type === 'session.died' || event.type === 'session.ended';

const endOf = (rig: Rig, session: string): Promise<End> =>
  rig.until(`the end of ${session}`, (events) =>
    events.filter(isEnd).find(({ data }) => data.session === session),
  );

const verdictOn = async (rig: Rig, incident: string) => {
  const reached = await rig.until(`verdict on incident ${incident}`, () =>
    rig.of('verdict.reached').find(({ data }) => data.incident === incident),
  );
  return reached.data.verdict;
};

const hearDeath = async (rig: Rig, sessions: readonly string[]): Promise<Said> => {
  const ends = await Promise.all(sessions.map((session) => endOf(rig, session)));
  const incidents = new Set(
    ends.flatMap((end) => (end.type === 'session.died' ? [end.data.incident] : [])),
  );
  const [first] = incidents;
  return {
    verdict: first === undefined ? null : await verdictOn(rig, first),
    incidents: incidents.size,
    meant: ends.flatMap((end) =>
      end.type === 'session.ended' ? [`${end.data.session} was taken for ${end.data.reason}`] : [],
    ),
  };
};

/** What happened before a real kill is known when that is explained: no time has to be waited for. */
const killAnother = async (ground: Ground): Promise<void> => {
  const { session } = await ground.victim(['sleep', '100000']);
  await ground.tmux('kill-session', '-t', session);
  await hearDeath(ground.rig, [session]);
};

const hearPeace = async (ground: Ground, sessions: readonly string[]): Promise<Said> => {
  await killAnother(ground);
  const { rig } = ground;
  const named = [...rig.of('incident.opened'), ...rig.of('incident.grew')].filter(({ data }) =>
    data.sessions.some((session) => sessions.includes(session)),
  );
  const incidents = new Set(named.map(({ data }) => data.incident));
  const [first] = incidents;
  return {
    verdict: first === undefined ? null : await verdictOn(rig, first),
    incidents: incidents.size,
    meant: [],
  };
};

/** Resolves with what Holdfast has to say of these sessions. */
export const hear = (ground: Ground, { benign, sessions }: Expected): Promise<Said> =>
  benign ? hearPeace(ground, sessions) : hearDeath(ground.rig, sessions);

import { setTimeout as wait } from 'node:timers/promises';
import { mayBeKnownBetter } from '../../../agent/explain/further.ts';
import type { Event, EventOf } from '../../../agent/model/event.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { Rig } from '../../e2e/rig.ts';
import type { Said } from '../grade.ts';
import type { Expected } from '../way.ts';
import type { Ground } from './ground.ts';

type End = EventOf<'session.died'> | EventOf<'session.ended'>;

const isEnd = (event: Event): event is End & Event =>
  event.type === 'session.died' || event.type === 'session.ended';

/** A second verdict comes within this time of the first, or not at all: all sources are asked, twice at most. ms */
const reconsideredMs = 9500;

const lookAgainMs = 200;

const endOf = (rig: Rig, session: string): Promise<End> =>
  rig.until(`the end of ${session}`, (events) =>
    events.filter(isEnd).find(({ data }) => data.session === session),
  );

/** Verdicts on an incident that know of everything up to `after`, which is the number of an event. */
const verdictsOn = (events: readonly Event[], incident: string, after: number): Verdict[] =>
  events.flatMap((event) =>
    event.type === 'verdict.reached' && event.data.incident === incident && event.seq > after
      ? event.data.verdict
      : [],
  );

/** Nobody is told that a second verdict would have been the same. */
const settled = async (verdicts: () => Verdict[]): Promise<Verdict> => {
  const [first] = verdicts();
  if (!first) throw new Error('there is no verdict yet');
  const deadline = Date.now() + reconsideredMs;
  while (mayBeKnownBetter(first) && verdicts().length < 2 && Date.now() < deadline) {
    await wait(lookAgainMs);
  }
  return verdicts().at(-1) ?? first;
};

/** What was said first has been heard. */
export interface Hearing {
  /** What Holdfast has to say in the end. */
  final: Promise<Said>;
}

const hearDeath = async (rig: Rig, sessions: readonly string[]): Promise<Hearing> => {
  const ends = await Promise.all(sessions.map((session) => endOf(rig, session)));
  const incidents = new Set(
    ends.flatMap((end) => (end.type === 'session.died' ? [end.data.incident] : [])),
  );
  const said = {
    incidents: incidents.size,
    meant: ends.flatMap((end) =>
      end.type === 'session.ended' ? [`${end.data.session} was taken for ${end.data.reason}`] : [],
    ),
  };
  const [first] = incidents;
  if (first === undefined) return { final: Promise.resolve({ verdict: null, ...said }) };
  const last = Math.max(...ends.map(({ seq }) => seq));
  const verdicts = (): Verdict[] =>
    verdictsOn(
      rig.received.map(({ event }) => event),
      first,
      last,
    );
  await rig.until(`verdict on incident ${first}`, () => verdicts()[0]);
  const final = settled(verdicts).then((verdict) => ({ verdict, ...said }));
  return { final };
};

/** What happened before a real kill is known when that is explained: no time has to be waited for. */
const killAnother = async (ground: Ground): Promise<void> => {
  const { session } = await ground.victim(['sleep', '100000']);
  await ground.tmux('kill-session', '-t', session);
  await hearDeath(ground.rig, [session]);
};

const hearPeace = async (ground: Ground, sessions: readonly string[]): Promise<Hearing> => {
  await killAnother(ground);
  const { rig } = ground;
  const named = [...rig.of('incident.opened'), ...rig.of('incident.grew')].filter(({ data }) =>
    data.sessions.some((session) => sessions.includes(session)),
  );
  const incidents = new Set(named.map(({ data }) => data.incident));
  const verdict = rig.of('verdict.reached').find(({ data }) => incidents.has(data.incident));
  const said = { verdict: verdict?.data.verdict ?? null, incidents: incidents.size, meant: [] };
  return { final: Promise.resolve(said) };
};

/** Resolves when Holdfast has said something of these sessions, or said nothing where there was nothing to say. */
export const hear = (ground: Ground, { benign, sessions }: Expected): Promise<Hearing> =>
  benign ? hearPeace(ground, sessions) : hearDeath(ground.rig, sessions);

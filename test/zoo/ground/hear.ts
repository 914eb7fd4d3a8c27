import { setTimeout as wait } from 'node:timers/promises';
import { mayBeKnownBetter } from '../../../agent/explain/further.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { Rig } from '../../e2e/rig.ts';
import type { Said } from '../grade.ts';
import { calledMeant, incidentsNaming, isEnd, verdictsOn } from '../told.ts';
import type { Expected } from '../way.ts';
import type { Ground } from './ground.ts';

/** A second verdict comes within this time of the first, or not at all: all sources are asked, twice at most. ms */
const reconsideredMs = 9500;

const lookAgainMs = 200;

const eventsTo = ({ received }: Rig): Event[] => received.map(({ event }) => event);

const endOf = (rig: Rig, session: string) =>
  rig.until(`the end of ${session}`, (events) =>
    events.filter(isEnd).find(({ data }) => data.session === session),
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
  const said = { incidents: incidents.size, meant: calledMeant(ends) };
  const [first] = incidents;
  if (first === undefined) return { final: Promise.resolve({ verdict: null, ...said }) };
  const last = Math.max(...ends.map(({ seq }) => seq));
  const verdicts = (): Verdict[] => verdictsOn(eventsTo(rig), first, last);
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
  const events = eventsTo(ground.rig);
  const incidents = incidentsNaming(events, sessions);
  const [first] = incidents;
  const verdict = first === undefined ? null : (verdictsOn(events, first).at(-1) ?? null);
  return { final: Promise.resolve({ verdict, incidents: incidents.length, meant: [] }) };
};

/** Resolves when Holdfast has said something of these sessions, or said nothing where there was nothing to say. */
export const hear = (ground: Ground, { benign, sessions }: Expected): Promise<Hearing> =>
  benign ? hearPeace(ground, sessions) : hearDeath(ground.rig, sessions);

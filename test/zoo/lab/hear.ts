import { setTimeout as wait } from 'node:timers/promises';
import { mayBeKnownBetter } from '../../../agent/explain/further.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import { eventsAfter } from '../../lab/deployed/events.ts';
import type { Machine } from '../../lab/machine.ts';
import { until } from '../../lab/until.ts';
import type { Said } from '../grade.ts';
import { calledMeant, incidentsNaming, isEnd, verdictsOn } from '../told.ts';
import type { Expected } from '../way.ts';

/** From where on to listen: a pulled plug takes the last numbers along, which are then given to others. */
export interface Since {
  seq: number;
  /** ms of the machine's clock. */
  at: number;
}

/** More than is recorded while nobody waits for the disk. */
const mostLost = 200;
const limitMs = 180_000;

/** So long a second verdict may take, ms: a witness with patience and others within their limits are asked. */
const furtherMs = 20_000;
/** Where nothing died, what there is of an incident is there by then, ms. */
const peaceMs = 10_000;
/** What follows a verdict that stands, ms: another incident of the same, say. */
const settleMs = 3000;

const eventsSince = async (machine: Machine, { seq, at }: Since): Promise<Event[]> => {
  const events = await eventsAfter(machine, Math.max(0, seq - mostLost));
  return events.filter((event) => event.at >= at);
};

/** Verdicts on the first incident that names one of these sessions. */
const verdictsAbout = (events: readonly Event[], sessions: readonly string[]): Verdict[] => {
  const [first] = incidentsNaming(events, sessions);
  return first === undefined ? [] : verdictsOn(events, first);
};

const saidIn = (events: readonly Event[], sessions: readonly string[]): Said => {
  const ends = events.filter(isEnd).filter(({ data }) => sessions.includes(data.session));
  return {
    verdict: verdictsAbout(events, sessions).at(-1) ?? null,
    incidents: incidentsNaming(events, sessions).length,
    meant: calledMeant(ends),
  };
};

const isTold = (events: readonly Event[], sessions: readonly string[]): boolean => {
  const ended = new Set(events.filter(isEnd).map(({ data }) => data.session));
  return (
    sessions.every((session) => ended.has(session)) && verdictsAbout(events, sessions).length > 0
  );
};

/** Resolves with what Holdfast in the machine has to say in the end of these sessions. */
export const hearInLab = async (
  machine: Machine,
  since: Since,
  expected: Expected,
): Promise<Said> => {
  const { benign, sessions } = expected;
  if (!benign) {
    const told = async () => isTold(await eventsSince(machine, since), sessions);
    await until(`the end of ${sessions} is told`, told, limitMs);
  }
  const deadline = Date.now() + furtherMs;
  const isFinal = async (): Promise<boolean> => {
    const [verdict, ...more] = verdictsAbout(await eventsSince(machine, since), sessions);
    return more.length > 0 || !verdict || !mayBeKnownBetter(verdict);
  };
  while (!(await isFinal()) && Date.now() < deadline) await wait(settleMs);
  await wait(benign ? peaceMs : settleMs);
  return saidIn(await eventsSince(machine, since), sessions);
};

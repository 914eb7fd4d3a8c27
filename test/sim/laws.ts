import assert from 'node:assert/strict';
import { incidentWindowMs } from '../../agent/explain/incident.ts';
import type { Event } from '../../agent/model/event.ts';
import { fold } from '../../agent/model/fold.ts';
import { emptyState, type State } from '../../agent/model/state.ts';
import { rebootText } from '../../agent/observe/life/previous-run.ts';

/** What must hold of every log a run of the simulation left behind. Each throws when it does not. */

const afterDisk = (state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** A reducer that changes the state it is given would throw. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
};

/** Folding is the same in one piece, in pieces, and from a snapshot at each joint. */
export const foldsTheSame = (events: readonly Event[], live: State, joints: number[]): void => {
  assert.deepEqual(fold(emptyState(), events), live);
  const ends = joints.map((joint) => joint % (events.length + 1)).sort((a, b) => a - b);
  let state = emptyState();
  let from = 0;
  for (const end of [...ends, events.length]) {
    state = fold(frozen(afterDisk(state)), events.slice(from, end));
    from = end;
  }
  assert.deepEqual(state, live);
};

/** Every life that was supervised and is over has one end in the log; one that lives has none. */
export const endsAreReportedOnce = (
  events: readonly Event[],
  state: State,
  alive: readonly string[],
): void => {
  const started = new Set<string>();
  const ends: string[] = [];
  for (const { type, data } of events) {
    if (type === 'supervision.started') started.add(data.life);
    if (type === 'session.ended' || type === 'session.died') ends.push(data.life);
  }
  const living = new Set(alive);
  assert.deepEqual(Object.keys(state.lives).sort(), [...living].sort());
  assert.deepEqual(ends.sort(), [...started].filter((life) => !living.has(life)).sort());
};

/** Servers whose next end is that of the whole machine, at each event. */
const endingWithHost = (events: readonly Event[]): ReadonlySet<string>[] => {
  let ending: ReadonlySet<string> = new Set();
  const all = events.toReversed().map((event) => {
    if (event.type === 'server.died') {
      const { server, text } = event.data;
      const others = [...ending].filter((other) => other !== server);
      ending = new Set(text === rebootText ? [...others, server] : others);
    }
    return ending;
  });
  return all.toReversed();
};

/**
 * Deaths of one server within two seconds of the first are one incident; others are not. Those that ended with the
 * machine join the newest, whatever its server.
 */
export const incidentsGather = (events: readonly Event[]): void => {
  const newest = new Map<string, { incident: string; at: number }>();
  const ending = endingWithHost(events);
  let last: { incident: string; at: number } | undefined;
  const isOpen = (incident: typeof last, at: number): boolean =>
    Math.abs(at - (incident?.at ?? Number.NEGATIVE_INFINITY)) <= incidentWindowMs;
  for (const [i, { type, data, at }] of events.entries()) {
    if (type === 'incident.opened') {
      const { server, incident } = data;
      assert.ok(!isOpen(newest.get(server), at), `incident ${incident} opens beside another one`);
      last = { incident, at };
      newest.set(server, last);
    } else if (type === 'session.died') {
      const joinsLast = ending[i]?.has(data.server) && last?.incident === data.incident;
      const joined = joinsLast ? last : newest.get(data.server);
      assert.equal(data.incident, joined?.incident, data.life);
      assert.ok(isOpen(joined, data.found), `${data.life} joins an incident that is over`);
    }
  }
};

import assert from 'node:assert/strict';
import { incidentWindowMs } from '../../agent/explain/incident.ts';
import type { Event } from '../../agent/model/event.ts';
import { fold } from '../../agent/model/fold.ts';
import { emptyState, type State } from '../../agent/model/state.ts';

/** What must hold of every log a run of the simulation left behind. Each throws when it does not. */

const afterDisk = (state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** Folding is the same in one piece, in pieces, and from a snapshot at each joint. */
export const foldsTheSame = (events: readonly Event[], live: State, joints: number[]): void => {
  assert.deepEqual(fold(emptyState(), events), live);
  let state = emptyState();
  let from = 0;
  for (const joint of [...joints.map((n) => n % (events.length + 1)), events.length].sort(
    (a, b) => a - b,
  )) {
    state = fold(afterDisk(state), events.slice(from, joint));
    from = joint;
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

/** Deaths of one server within two seconds of the first are one incident; others are not. */
export const incidentsGather = (events: readonly Event[]): void => {
  const newest = new Map<string, { incident: string; at: number }>();
  for (const { type, data } of events) {
    if (type !== 'session.died') continue;
    const { server, found, incident } = data;
    const before = newest.get(server);
    const together = before !== undefined && Math.abs(found - before.at) <= incidentWindowMs;
    assert.equal(incident === before?.incident, together, `incident ${incident} on ${server}`);
    if (!together) newest.set(server, { incident, at: found });
  }
};

import assert from 'node:assert/strict';
import { incidentWindowMs } from '../../agent/explain/incident.ts';
import type { Event, EventOf } from '../../agent/model/event.ts';
import { fold } from '../../agent/model/fold.ts';
import { subjectOf } from '../../agent/model/reduce/action.ts';
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

type Requested = EventOf<'action.requested'>;

/** Per session or server, what was asked for since an operator last wanted it. */
class Recoveries {
  readonly #requests = new Map<string, Requested[]>();
  readonly #suspended = new Set<string>();
  readonly #max: number;
  readonly #windowMs: number;

  constructor({ maxRestarts, windowMs }: { maxRestarts: number; windowMs: number }) {
    this.#max = maxRestarts;
    this.#windowMs = windowMs;
  }

  request(event: Requested): void {
    const { target, reason, kind } = event.data;
    if (reason === 'operator') return;
    const subject = `${kind} ${subjectOf(target)}`;
    assert.ok(!this.#suspended.has(subjectOf(target)) || kind === 'socket.repair', subject);
    const earlier = (this.#requests.get(subject) ?? []).filter(
      ({ at }) => at > event.at - this.#windowMs,
    );
    const first = [...earlier, event].some((one) => one.data.reason === 'declared') ? 1 : 0;
    assert.ok(earlier.length + 1 - first <= this.#max, `${subject} again at ${event.seq}`);
    this.#requests.set(subject, [...earlier, event]);
  }

  suspend(subject: string): void {
    assert.ok(!this.#suspended.has(subject), `${subject} is suspended twice`);
    this.#suspended.add(subject);
  }

  /** An operator wants it again, or the configuration does not any more. */
  forget(subject: string): void {
    this.#suspended.delete(subject);
    for (const key of this.#requests.keys()) {
      if (key.endsWith(` ${subject}`)) this.#requests.delete(key);
    }
  }
}

/** What is brought back is brought back within its limits, one at a time, and never against anybody's will. */
export const recoveryIsBounded = (
  events: readonly Event[],
  limits: { maxRestarts: number; windowMs: number },
): void => {
  const recoveries = new Recoveries(limits);
  const pending = new Map<string, string>();
  const ends = new Map<string, 'died' | 'ended'>();
  const declared = new Set<string>();
  const ours = new Set<string>();
  for (const event of events) {
    const { type, data } = event;
    if (type === 'session.died' || type === 'session.ended') {
      if (ours.has(data.life) && declared.has(data.session))
        ends.set(data.session, type === 'session.died' ? 'died' : 'ended');
    } else if (type === 'action.requested') {
      const key = `${data.kind} ${data.target.session} ${data.target.life}`;
      const isBusy = [...pending.values()].includes(key);
      assert.ok(!isBusy || data.kind === 'session.kill', `two at once: ${key}`);
      pending.set(data.action, key);
      recoveries.request(event as Requested);
      if (data.kind === 'session.create' && data.reason !== 'operator') {
        const end = ends.get(data.target.session ?? '') ?? 'declared';
        assert.equal(data.reason, end, `${data.target.session} is created at ${event.seq}`);
      }
    } else if (type === 'action.done' || type === 'action.failed' || type === 'action.lost') {
      pending.delete(data.action);
    } else if (type === 'decision.made') {
      if (data.decision === 'suspend') recoveries.suspend(subjectOf(data.target));
      if (data.decision === 'resume') recoveries.forget(subjectOf(data.target));
      if (data.decision === 'resume') ends.delete(data.target.session ?? '');
    } else if (type === 'supervision.started') {
      if (data.declared && data.server === 'main') ours.add(data.life);
    } else if (type === 'session.declared') declared.add(data.session);
    else if (type === 'session.undeclared') {
      declared.delete(data.session);
      recoveries.forget(data.session);
      ends.delete(data.session);
    }
  }
};

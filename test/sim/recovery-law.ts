import assert from 'node:assert/strict';
import type { Event, EventOf } from '../../agent/model/event.ts';
import { subjectOf } from '../../agent/model/reduce/action.ts';

interface Limits {
  maxRestarts: number;
  windowMs: number;
}

type Requested = EventOf<'action.requested'>;

/** Why a declared session may be created now: how its last life ended, or that it never had one. */
class Wanted {
  readonly #declared = new Set<string>();
  readonly #lives = new Set<string>();
  readonly #ends = new Map<string, 'died' | 'ended'>();

  take({ type, data }: Event): void {
    if (type === 'session.declared') this.#declared.add(data.session);
    else if (type === 'session.undeclared') {
      this.#declared.delete(data.session);
      this.#ends.delete(data.session);
    } else if (type === 'supervision.started') {
      if (data.declared && data.server === 'main') this.#lives.add(data.life);
    } else if (type === 'session.died' || type === 'session.ended') {
      const counts = this.#lives.has(data.life) && this.#declared.has(data.session);
      if (counts) this.#ends.set(data.session, type === 'session.died' ? 'died' : 'ended');
    } else if (type === 'decision.made' && data.decision === 'resume') {
      this.#ends.delete(data.target.session ?? '');
    } else if (type === 'action.requested' && data.kind === 'session.create') this.#check(data);
  }

  #check({ target, reason }: Requested['data']): void {
    if (reason === 'operator') return;
    const end = this.#ends.get(target.session ?? '') ?? 'declared';
    assert.equal(reason, end, `${target.session} is created because ${reason}, and it ${end}`);
  }
}

/** No two of the same are under way at once. */
class UnderWay {
  readonly #pending = new Map<string, string>();

  take({ type, data }: Event): void {
    if (type === 'action.requested') {
      const { kind, target, action } = data;
      const key = `${kind} ${Object.values(target).join(' ')}`;
      const isTwice = [...this.#pending.values()].includes(key);
      // An operator may ask for the same end twice.
      assert.ok(!isTwice || kind === 'session.kill', `two at once: ${key}`);
      this.#pending.set(action, key);
    } else if (type === 'action.done' || type === 'action.failed' || type === 'action.lost') {
      this.#pending.delete(data.action);
    }
  }
}

/** So many times within the window, then one decision to leave it alone, and nothing until an operator wants it. */
class Bounds {
  readonly #limits: Limits;
  readonly #requests = new Map<string, Requested[]>();
  readonly #suspended = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  take(event: Event): void {
    const { type, data } = event;
    if (type === 'action.requested') this.#request(event as Requested);
    else if (type === 'session.undeclared') this.#forget(data.session);
    else if (type === 'decision.made') {
      const subject = subjectOf(data.target);
      if (data.decision === 'suspend') this.#suspend(subject);
      if (data.decision === 'resume') this.#forget(subject);
    }
  }

  #request(event: Requested): void {
    const { target, reason, kind } = event.data;
    if (reason === 'operator') return;
    const key = `${kind} ${subjectOf(target)}`;
    const { maxRestarts, windowMs } = this.#limits;
    assert.ok(!this.#suspended.has(subjectOf(target)) || kind === 'socket.repair', key);
    // Those that seem to come from the future were before the clock was set back.
    const recent = [...(this.#requests.get(key) ?? []), event].filter(
      ({ at }) => at > event.at - windowMs && at <= event.at,
    );
    // The first start of something is no restart.
    const first = recent.some((one) => one.data.reason === 'declared') ? 1 : 0;
    assert.ok(recent.length - first <= maxRestarts, `${key} once more at ${event.seq}`);
    this.#requests.set(key, recent);
  }

  #suspend(subject: string): void {
    assert.ok(!this.#suspended.has(subject), `${subject} is suspended twice`);
    this.#suspended.add(subject);
  }

  #forget(subject: string): void {
    this.#suspended.delete(subject);
    for (const key of this.#requests.keys()) {
      if (key.endsWith(` ${subject}`)) this.#requests.delete(key);
    }
  }
}

/** What is brought back is brought back within its limits, one at a time, and never against anybody's will. */
export const recoveryIsBounded = (events: readonly Event[], limits: Limits): void => {
  const laws = [new Wanted(), new UnderWay(), new Bounds(limits)];
  for (const event of events) for (const law of laws) law.take(event);
};

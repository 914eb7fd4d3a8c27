import assert from 'node:assert/strict';
import { subjectOf } from '../../agent/model/breaker.ts';
import type { Event, EventOf } from '../../agent/model/event.ts';

interface Limits {
  maxRestarts: number;
  windowMs: number;
}

type Requested = EventOf<'action.requested'>;
type Ended = EventOf<'session.died'> | EventOf<'session.ended'>;

const endOf = ({ type, data }: Pick<Ended, 'type' | 'data'>): 'died' | 'clean' | 'ended' => {
  if (type === 'session.ended') return 'ended';
  return (data as EventOf<'session.died'>['data']).exit?.status === 0 ? 'clean' : 'died';
};

/** Why a declared session may be created now: how its last life ended, or that it never had one. */
class Wanted {
  readonly #declared = new Set<string>();
  readonly #lives = new Set<string>();
  readonly #ends = new Map<string, 'died' | 'clean' | 'ended'>();

  take({ type, data }: Event): void {
    if (type === 'session.declared') this.#declared.add(data.session);
    else if (type === 'session.undeclared') {
      this.#declared.delete(data.session);
      this.#ends.delete(data.session);
    } else if (type === 'supervision.started') {
      if (data.declared && data.server === 'main') this.#lives.add(data.life);
    } else if (type === 'session.died' || type === 'session.ended') {
      const counts = this.#lives.has(data.life) && this.#declared.has(data.session);
      if (counts) this.#ends.set(data.session, endOf({ type, data } as Ended));
    } else if (type === 'decision.made' && data.decision === 'resume') {
      this.#ends.delete(data.target.session ?? '');
    } else if (type === 'decision.made' && data.decision === 'stop') {
      this.#ends.set(data.target.session ?? '', 'ended');
    } else if (type === 'action.requested' && data.kind === 'session.create') this.#check(data);
  }

  #check({ target, reason }: Requested['data']): void {
    if (reason === 'operator') return;
    const end = this.#ends.get(target.session ?? '') ?? 'declared';
    const began = reason === 'resume-failed' ? 'died' : reason;
    const isMeant = began === end || (reason === 'probe' && ['died', 'declared'].includes(end));
    assert.ok(isMeant, `${target.session} is created because ${reason}, and it ${end}`);
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

/**
 * So many times within the window, then one decision to leave it alone, and nothing until an operator wants it: but for
 * one try after a long while, which closes the breaker or has it open again.
 */
class Bounds {
  readonly #limits: Limits;
  readonly #requests = new Map<string, Requested[]>();
  readonly #suspended = new Set<string>();
  readonly #probing = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  take(event: Event): void {
    const { type, data } = event;
    if (type === 'action.requested') this.#request(event as Requested);
    else if (type === 'session.undeclared') this.#forget(data.session);
    else if (type === 'decision.made') {
      const subject = subjectOf(data.target);
      if (data.decision === 'suspend') this.#suspend(subject, data.reason);
      if (data.decision === 'close') this.#suspended.delete(subject);
      if (data.decision === 'resume' || data.decision === 'stop') this.#forget(subject);
    }
  }

  #request(event: Requested): void {
    const { target, reason, kind } = event.data;
    if (reason === 'operator') return;
    const key = `${kind} ${subjectOf(target)}`;
    const { maxRestarts, windowMs } = this.#limits;
    const subject = subjectOf(target);
    const isProbe = reason === 'probe' && !this.#probing.has(subject);
    assert.ok(!this.#suspended.has(subject) || kind === 'socket.repair' || isProbe, key);
    if (reason === 'probe') this.#probing.add(subject);
    // Those that seem to come from the future were before the clock was set back.
    const recent = [...(this.#requests.get(key) ?? []), event].filter(
      ({ at }) => at > event.at - windowMs && at <= event.at,
    );
    // The first start of something is no restart.
    const first = recent.some((one) => one.data.reason === 'declared') ? 1 : 0;
    // A try of an open breaker comes when all others are out of the window.
    const most = reason === 'probe' ? Math.max(1, maxRestarts) : maxRestarts;
    assert.ok(recent.length - first <= most, `${key} once more at ${event.seq}`);
    this.#requests.set(key, recent);
  }

  #suspend(subject: string, reason: string): void {
    const again = reason === 'probe-failed' && this.#probing.has(subject);
    assert.ok(!this.#suspended.has(subject) || again, `${subject} is suspended twice`);
    this.#probing.delete(subject);
    this.#suspended.add(subject);
  }

  #forget(subject: string): void {
    this.#suspended.delete(subject);
    this.#probing.delete(subject);
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

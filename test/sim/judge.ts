import assert from 'node:assert/strict';
import type { NewEvent } from '../../agent/model/event.ts';
import type { Instance } from '../../agent/model/events/server.ts';
import { intentFor, sameInstance } from '../../agent/model/life.ts';
import type { Life, State } from '../../agent/model/state.ts';
import { expectedReport, type Sight, type Truth } from './truth.ts';

/** Holds each report of an end against what really happened. */
export class Judge {
  /** What was reported otherwise than it must be. */
  readonly wrong: string[] = [];
  /** Ends that could have been reported either way. */
  either = 0;
  readonly #truth: Truth;
  #heard: { instance: Instance | null; sight: Sight | null } = { instance: null, sight: null };

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** The listing that is being compared, of one instance of a server; null when none is. */
  hearing(instance: Instance | null, sight: Sight | null): void {
    this.#heard = { instance, sight };
  }

  /** Events that are about to be recorded upon `state`. */
  judge(state: State, events: readonly NewEvent[]): void {
    for (const { type, data, at } of events) {
      if (type === 'session.died')
        this.#report(state, lifeOf(state, data.life, events), 'died', at);
      if (type === 'session.ended')
        this.#report(state, lifeOf(state, data.life, events), 'ended', at);
    }
  }

  #report(state: State, life: Life, reported: 'died' | 'ended', at: number): void {
    const fate = this.#truth.fateOf(life.life);
    if (!fate) {
      this.wrong.push(`${life.life} ${reported}, but it lives`);
      return;
    }
    const intent = intentFor(state, life, at) !== null;
    const isSeen = sameInstance(this.#heard.instance, life.instance);
    const sight = isSeen ? this.#heard.sight : null;
    const expected = expectedReport(fate, { panes: life.panes, intent, sight });
    if (expected === 'either') this.either += 1;
    else if (expected !== reported) {
      this.wrong.push(
        `${life.life} (${life.tmuxName}) was ${fate.kind} and is reported ${reported}`,
      );
    }
  }
}

/** As known before the events, or from them: a life may have come and gone unseen. */
const lifeOf = (state: State, id: string, events: readonly NewEvent[]): Life => {
  const known = state.lives[id];
  const birth = events.find(({ type, data }) => type === 'supervision.started' && data.life === id);
  if (known && !birth) return known;
  assert.ok(birth?.type === 'supervision.started' && !known, `${id} ends and was not known`);
  return { ...birth.data, supervisedSince: birth.at };
};

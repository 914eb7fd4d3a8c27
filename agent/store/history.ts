import { randomBytes } from 'node:crypto';
import type { Event, NewEvent } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import { fold } from '../model/fold.ts';
import type { Rejection } from '../model/reduce/handler.ts';
import type { State } from '../model/state.ts';

/**
 * The single writer: numbers events, folds them into the state and gives them to the log.
 * The state is ahead of the disk; whoever must not be (subscribers) follows the log instead.
 */
export interface History {
  state(): State;
  /** Numbers and records events at once; `trace` is the cause they share, a new one when not given. */
  record(events: readonly NewEvent[], trace?: string): Event[];
  /** Called after each `record`, with the state that includes its events. Set by the composition root. */
  onRecorded: (events: readonly Event[]) => void;
  onRejected: (reason: Rejection, event: Event) => void;
}

/** W3C trace-context: 16 random bytes. */
const newTrace = (): string => randomBytes(16).toString('hex');

export const createHistory = (log: EventLog, initial: State, head: number): History => {
  let state = initial;
  let seq = Math.max(head, initial.seq);

  const number = (event: NewEvent, trace: string): Event => {
    seq += 1;
    return {
      seq,
      v: 1,
      at: event.at,
      type: event.type,
      trace: event.trace ?? trace,
      data: event.data,
    } as Event;
  };

  const history: History = {
    state: () => state,
    record: (newEvents, trace = newTrace()) => {
      if (newEvents.length === 0) return [];
      const events = newEvents.map((event) => number(event, trace));
      state = fold(state, events, (reason, event) => history.onRejected(reason, event));
      log.append(events);
      history.onRecorded(events);
      return events;
    },
    onRecorded: () => undefined,
    onRejected: () => undefined,
  };
  return history;
};

import type { NewEvent } from '../model/event.ts';
import type { ActionKind, Requester, Target } from '../model/events/action.ts';
import { Failure, mayHaveRun, messageOf, RequestFailure } from '../model/failure.ts';
import type { Life } from '../model/state.ts';
import type { Hands } from './hands.ts';
import { type Action, runAction } from './run-action.ts';

export interface ActionOrder extends Action {
  reason: string;
  /** The person who asked for it. */
  by?: Requester;
  trace?: string;
  /** What must be done first. The action is requested by then, so nobody plans it a second time. */
  prepare?: () => Promise<unknown>;
}

export interface Outcome {
  action: string;
  outcome: 'done' | 'failed' | 'lost';
  message: string;
  /** Of the failure; empty when done. */
  code: string;
}

export const lifeTarget = ({ server, session, life }: Life): Target => ({ server, session, life });

/** @throws RequestFailure where it failed; what may have been done is no failure */
export const must = (outcome: Outcome): Outcome => {
  if (outcome.outcome === 'failed') throw new RequestFailure(outcome.code, outcome.message);
  return outcome;
};

/** Keys that were not confirmed may have been typed: that is `lost`, not `failed`. */
const isLost = (kind: ActionKind, code: string): boolean =>
  kind === 'keys.send' && mayHaveRun({ code });

const failureEvent = (action: string, kind: ActionKind, cause: unknown, at: number): NewEvent => {
  const code = cause instanceof Failure ? cause.code : 'unexpected';
  const message = messageOf(cause).slice(0, 400);
  return isLost(kind, code)
    ? { at, type: 'action.lost', data: { action, why: message } }
    : { at, type: 'action.failed', data: { action, code, message } };
};

/**
 * Stores an action as requested, makes that durable, runs it, stores how it went. Bringing something back goes
 * on when the disk takes nothing; ending something does not: its intent must be durable first.
 * @throws LogFailure for `session.kill` and `keys.send` when the log cannot be written
 */
export const execute = async (hands: Hands, order: ActionOrder): Promise<Outcome> => {
  const { kind, target, reason, by, trace } = order;
  const action = `a${hands.state().seq + 1}`;
  const data = { action, kind, target, reason, ...(by && { by }) };
  hands.record([{ at: hands.now(), type: 'action.requested', data }], trace);
  const settle = (event: NewEvent): void => hands.record([event], trace);
  try {
    await hands.durable();
  } catch (cause) {
    if (kind === 'session.kill' || kind === 'keys.send') {
      settle(failureEvent(action, kind, cause, hands.now()));
      throw cause;
    }
  }
  try {
    await order.prepare?.();
    await runAction(hands, order);
    settle({ at: hands.now(), type: 'action.done', data: { action, settled: 'reported' } });
    return { action, outcome: 'done', message: '', code: '' };
  } catch (cause) {
    const event = failureEvent(action, kind, cause, hands.now());
    settle(event);
    const message = messageOf(cause);
    const code = cause instanceof Failure ? cause.code : 'unexpected';
    return { action, outcome: event.type === 'action.lost' ? 'lost' : 'failed', message, code };
  }
};

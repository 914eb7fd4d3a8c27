import { resumes } from '../decide/recovery/resumes.ts';
import type { NewEvent } from '../model/event.ts';
import type { ActionKind, Target } from '../model/events/action.ts';
import { Failure, mayHaveRun, messageOf, RequestFailure } from '../model/failure.ts';
import type { Life } from '../model/state.ts';
import type { Hands } from './hands.ts';
import { type Action, runAction } from './run-action.ts';

export interface ActionOrder extends Action {
  reason: string;
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

/** What a program is told that goes on: where it was not confirmed it may have been done, which is `lost`, not `failed`. */
const toldKinds: ReadonlySet<ActionKind> = new Set(['keys.send', 'command.run', 'signal.send']);

/** systemd goes on with what it was asked for, whoever waits for it. */
const unitKinds: ReadonlySet<ActionKind> = new Set(['unit.start', 'unit.stop', 'unit.restart']);

const isLost = (kind: ActionKind, code: string): boolean =>
  (toldKinds.has(kind) || unitKinds.has(kind)) && mayHaveRun({ code });

const failureEvent = (action: string, kind: ActionKind, cause: unknown, at: number): NewEvent => {
  const code = cause instanceof Failure ? cause.code : 'unexpected';
  const message = messageOf(cause).slice(0, 400);
  return isLost(kind, code)
    ? { at, type: 'action.lost', data: { action, why: message } }
    : { at, type: 'action.failed', data: { action, code, message } };
};

/** Decided once, lest what is stored differs from what is done. */
const howToStart = (hands: Hands, { kind, target, after }: ActionOrder): { resumes?: true } =>
  kind === 'session.create' && resumes(hands.state(), hands.config(), target.session ?? '', after)
    ? { resumes: true }
    : {};

/**
 * Stores an action as requested, makes that durable, runs it, stores how it went. Bringing something back goes
 * on when the disk takes nothing; ending something does not: its intent must be durable first.
 * @throws LogFailure for `session.kill` and what a program is told when the log cannot be written
 */
export const execute = async (hands: Hands, order: ActionOrder): Promise<Outcome> => {
  const { kind, target, reason, by, trace } = order;
  const action = `a${hands.state().seq + 1}`;
  const how = howToStart(hands, order);
  const data = { action, kind, target, reason, ...(by && { by }), ...how };
  hands.record([{ at: hands.now(), type: 'action.requested', data }], trace);
  const settle = (event: NewEvent): void => hands.record([event], trace);
  try {
    await hands.durable();
  } catch (cause) {
    if (kind === 'session.kill' || toldKinds.has(kind)) {
      settle(failureEvent(action, kind, cause, hands.now()));
      throw cause;
    }
  }
  try {
    await order.prepare?.();
    await runAction(hands, { ...order, ...how });
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

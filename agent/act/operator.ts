import { wanted } from '../decide/recovery/wanted.ts';
import type { NewEvent } from '../model/event.ts';
import type { Requester, Target } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { findUnit, mustFindDeclared, mustFindLife } from '../model/find.ts';
import { isActedOn, isOfDeclared, isRunning } from '../model/life.ts';
import type { Life } from '../model/state.ts';
import { endSession } from './end-session.ts';
import { execute, lifeTarget, must, type Outcome } from './executor.ts';
import type { Hands } from './hands.ts';
import { createUnitOperator } from './unit/unit-operator.ts';

/** How long a start that is under way may take before whoever wants it to end is told so, ms. */
const startWaitMs = 5000;

type Until = (key: string, limitMs: number) => Promise<boolean>;

/**
 * What an operator can ask for. Each end is an intent first, durable before the kill.
 * @param untilSettled waits for an action that is under way
 */
export const createOperator = (hands: Hands, untilEnded: Until, untilSettled: Until) => {
  const end = (life: Life, by: Requester): Promise<Outcome> =>
    endSession(hands, untilEnded, life, { by, reason: 'operator' });

  const mustRun = async (server: string, by: Requester): Promise<void> => {
    const known = hands.state().servers[server];
    if (!known?.managed || isRunning(known)) return;
    const target: Target = { server, session: null, life: null };
    must(await execute(hands, { kind: 'server.start', target, reason: 'operator', by }));
  };

  const begin = async (session: string, by: Requester): Promise<Outcome> => {
    const state = hands.state();
    const { server } = mustFindDeclared(state, session);
    const after = state.ends[session];
    const target: Target = { server, session, life: null };
    const decision = (about: Target): NewEvent => ({
      at: hands.now(),
      type: 'decision.made',
      data: { decision: 'resume', reason: 'operator', target: about },
    });
    // A server that was given up is wanted again too.
    hands.record([decision(target), decision({ server, session: null, life: null })]);
    if (isActedOn(hands.state(), { server, session })) {
      throw new RequestFailure('already-starting', `"${session}" is being started already`);
    }
    const prepare = () => mustRun(server, by);
    const order = { kind: 'session.create', target, reason: 'operator', by, prepare } as const;
    return must(await execute(hands, { ...order, ...(after && { after }) }));
  };

  const isUp = (session: string): boolean =>
    Object.values(hands.state().lives).some(
      (life) => life.session === session && isOfDeclared(hands.state(), life),
    );

  /** Down, and Holdfast would bring it back some time. */
  const isComing = (session: string): boolean => {
    const state = hands.state();
    if (!Object.hasOwn(state.declared, session) || isUp(session)) return false;
    if (state.ends[session]?.reason === 'died') return true;
    const want = wanted(state, hands.config(), session);
    return want !== null && 'start' in want;
  };

  const startOf = (session: string): string | undefined =>
    Object.values(hands.state().actions).find(
      ({ kind, target }) => kind === 'session.create' && target.session === session,
    )?.action;

  /** What is being started all the same ends as soon as it is there. @throws RequestFailure `still-starting` */
  const stayDown = async (session: string, by: Requester): Promise<Outcome> => {
    const start = startOf(session);
    const { server } = mustFindDeclared(hands.state(), session);
    const target: Target = { server, session, life: null };
    const data = { decision: 'stop', reason: 'operator', target };
    hands.record([{ at: hands.now(), type: 'decision.made', data }]);
    await hands.durable();
    if (start !== undefined && !(await untilSettled(start, startWaitMs))) {
      throw new RequestFailure('still-starting', `"${session}" is still being started`, {
        retryable: true,
      });
    }
    if (isUp(session)) return end(mustFindLife(hands.state(), session), by);
    return { action: '', outcome: 'done', message: '', code: '' };
  };

  const units = createUnitOperator(hands);

  return {
    start: async (session: string, by: Requester): Promise<Outcome> => {
      const unit = findUnit(hands.state(), session);
      if (unit) return units.start(unit, by);
      if (isUp(session)) throw new RequestFailure('already-running', `"${session}" is running`);
      return begin(session, by);
    },
    stop: async (session: string, by: Requester): Promise<Outcome> => {
      const unit = findUnit(hands.state(), session);
      if (unit) return units.stop(unit, by);
      return isComing(session)
        ? stayDown(session, by)
        : end(mustFindLife(hands.state(), session), by);
    },
    restart: async (session: string, by: Requester): Promise<Outcome> => {
      const unit = findUnit(hands.state(), session);
      if (unit) return units.restart(unit, by);
      mustFindDeclared(hands.state(), session);
      if (isUp(session)) await end(mustFindLife(hands.state(), session), by);
      return begin(session, by);
    },
    send: async (
      session: string,
      { text, enter }: { text: string; enter: boolean },
      by: Requester,
    ): Promise<Outcome> => {
      const target = lifeTarget(mustFindLife(hands.state(), session));
      const order = {
        kind: 'keys.send',
        target,
        reason: 'operator',
        by,
        keys: { text, enter },
      } as const;
      return must(await execute(hands, order));
    },
  };
};

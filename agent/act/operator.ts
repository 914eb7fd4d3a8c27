import type { NewEvent } from '../model/event.ts';
import type { Requester, Target } from '../model/events/action.ts';
import { RequestFailure } from '../model/failure.ts';
import { mustFindDeclared, mustFindLife } from '../model/find.ts';
import { isOfDeclared, isRunning } from '../model/life.ts';
import type { Life } from '../model/state.ts';
import { endSession } from './end-session.ts';
import { execute, lifeTarget, must, type Outcome } from './executor.ts';
import type { Hands } from './hands.ts';

/** What an operator can ask for. Each end is an intent first, durable before the kill. */
export const createOperator = (
  hands: Hands,
  untilEnded: (life: string, limitMs: number) => Promise<boolean>,
) => {
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
    if (
      Object.values(hands.state().actions).some((pending) => pending.target.session === session)
    ) {
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
    const { declared, ends, actions } = hands.state();
    if (!Object.hasOwn(declared, session) || isUp(session)) return false;
    const isStarting = Object.values(actions).some(({ target }) => target.session === session);
    return !isStarting && ends[session]?.reason === 'died';
  };

  const stayDown = async (session: string): Promise<Outcome> => {
    const { server } = mustFindDeclared(hands.state(), session);
    const target: Target = { server, session, life: null };
    const data = { decision: 'stop', reason: 'operator', target };
    hands.record([{ at: hands.now(), type: 'decision.made', data }]);
    await hands.durable();
    return { action: '', outcome: 'done', message: '', code: '' };
  };

  return {
    start: async (session: string, by: Requester): Promise<Outcome> => {
      if (isUp(session)) throw new RequestFailure('already-running', `"${session}" is running`);
      return begin(session, by);
    },
    stop: async (session: string, by: Requester): Promise<Outcome> =>
      isComing(session) ? stayDown(session) : end(mustFindLife(hands.state(), session), by),
    restart: async (session: string, by: Requester): Promise<Outcome> => {
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

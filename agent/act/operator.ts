import type { NewEvent } from '../model/event.ts';
import type { Requester, Target } from '../model/events/action.ts';
import { Failure, mayHaveRun, RequestFailure } from '../model/failure.ts';
import { mustFindDeclared, mustFindLife } from '../model/find.ts';
import { intentMs, isOfDeclared, isRunning } from '../model/life.ts';
import type { Life } from '../model/state.ts';
import { execute, type Hands, type Outcome } from './executor.ts';

/** How long an end that was asked for may take before the operator is told it did not come, ms. */
const endWaitMs = 5000;

const lifeTarget = ({ server, session, life }: Life): Target => ({ server, session, life });

const must = (outcome: Outcome): Outcome => {
  if (outcome.outcome === 'failed') throw new RequestFailure(outcome.code, outcome.message);
  return outcome;
};

/** What an operator can ask for. Each end is an intent first, durable before the kill. */
export const createOperator = (
  hands: Hands,
  untilEnded: (life: string, limitMs: number) => Promise<boolean>,
) => {
  const declareIntent = (life: Life, by: Requester): string => {
    const now = hands.now();
    const intent = `i${hands.state().seq + 1}`;
    const data = {
      intent,
      target: lifeTarget(life),
      by,
      expiresAt: now + intentMs,
    };
    hands.record([{ at: now, type: 'intent.declared', data }]);
    return intent;
  };

  /** A kill that did not happen leaves no intent behind, or the next real death would pass for it. */
  const withdraw = (intent: string, cause: unknown): void => {
    const ran = cause instanceof Failure && mayHaveRun(cause);
    if (ran || !hands.state().intents[intent]) return;
    hands.record([{ at: hands.now(), type: 'intent.expired', data: { intent } }]);
  };

  const end = async (life: Life, by: Requester): Promise<Outcome> => {
    const intent = declareIntent(life, by);
    const order = { kind: 'session.kill', target: lifeTarget(life), reason: 'operator' } as const;
    const result = await execute(hands, order)
      .then(must)
      .catch((cause: unknown) => {
        withdraw(intent, cause);
        throw cause;
      });
    if (!(await untilEnded(life.life, endWaitMs))) {
      throw new RequestFailure('still-running', `"${life.session}" did not end in ${endWaitMs} ms`);
    }
    return result;
  };

  const mustRun = async (server: string): Promise<void> => {
    const known = hands.state().servers[server];
    if (!known?.managed || isRunning(known)) return;
    const target: Target = { server, session: null, life: null };
    must(await execute(hands, { kind: 'server.start', target, reason: 'operator' }));
  };

  const begin = async (session: string): Promise<Outcome> => {
    const state = hands.state();
    const { server } = mustFindDeclared(state, session);
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
    const prepare = () => mustRun(server);
    return must(
      await execute(hands, { kind: 'session.create', target, reason: 'operator', prepare }),
    );
  };

  const isUp = (session: string): boolean =>
    Object.values(hands.state().lives).some(
      (life) => life.session === session && isOfDeclared(hands.state(), life),
    );

  return {
    start: async (session: string): Promise<Outcome> => {
      if (isUp(session)) throw new RequestFailure('already-running', `"${session}" is running`);
      return begin(session);
    },
    stop: (session: string, by: Requester): Promise<Outcome> =>
      end(mustFindLife(hands.state(), session), by),
    restart: async (session: string, by: Requester): Promise<Outcome> => {
      mustFindDeclared(hands.state(), session);
      if (isUp(session)) await end(mustFindLife(hands.state(), session), by);
      return begin(session);
    },
    send: async (session: string, text: string, enter: boolean): Promise<Outcome> => {
      const target = lifeTarget(mustFindLife(hands.state(), session));
      const order = {
        kind: 'keys.send',
        target,
        reason: 'operator',
        keys: { text, enter },
      } as const;
      return must(await execute(hands, order));
    },
  };
};

import type { Requester } from '../model/events/action.ts';
import { Failure, mayHaveRun, RequestFailure } from '../model/failure.ts';
import { intentMs } from '../model/life.ts';
import type { Life } from '../model/state.ts';
import { execute, lifeTarget, must, type Outcome } from './executor.ts';
import type { Hands } from './hands.ts';

/**
 * How long an end that was asked for may take before the operator is told it did not come: less than he waits for an answer
 * (`callMs` of `agent/wire/peer.ts`), and a busy machine takes its time. ms
 */
const endWaitMs = 9000;

/** Who wants a session to end, and whether a new life is to take its place. */
export interface EndWish {
  by: Requester;
  reason: 'operator' | 'unhealthy' | 'refresh';
}

const declareIntent = (hands: Hands, life: Life, { by, reason }: EndWish): string => {
  const at = hands.now();
  const intent = `i${hands.state().seq + 1}`;
  const replaces = reason === 'operator' ? {} : { replaces: true as const };
  const data = { intent, target: lifeTarget(life), by, expiresAt: at + intentMs, ...replaces };
  hands.record([{ at, type: 'intent.declared', data }]);
  return intent;
};

/** A kill that did not happen leaves no intent behind, or the next real death would pass for it. */
const withdraw = (hands: Hands, intent: string, cause: unknown): void => {
  const ran = cause instanceof Failure && mayHaveRun(cause);
  if (ran || !hands.state().intents[intent]) return;
  hands.record([{ at: hands.now(), type: 'intent.expired', data: { intent } }]);
};

/**
 * Ends a session that somebody asked to end: its intent is durable before the kill.
 * @throws RequestFailure `still-running` when it was told to end and did not
 */
export const endSession = async (
  hands: Hands,
  untilEnded: (life: string, limitMs: number) => Promise<boolean>,
  life: Life,
  wish: EndWish,
): Promise<Outcome> => {
  const intent = declareIntent(hands, life, wish);
  const { by, reason } = wish;
  const asked = reason === 'operator' ? { reason, by } : { reason };
  const order = { kind: 'session.kill', target: lifeTarget(life), ...asked } as const;
  const result = await execute(hands, order)
    .then(must)
    .catch((cause: unknown) => {
      withdraw(hands, intent, cause);
      throw cause;
    });
  if (!(await untilEnded(life.life, endWaitMs))) {
    throw new RequestFailure('still-running', `"${life.session}" did not end in ${endWaitMs} ms`);
  }
  return result;
};

import { breakerOf, subjectOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Attempt, Life } from '../../model/state.ts';
import { decide, nothing, type Plan } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { recentEnds, recentRestarts } from './restarts.ts';
import { planSteady } from './steady.ts';

interface Past {
  policy: RecoveryPolicy;
  attempts: readonly Attempt[];
}

/** Whether it is being ended, for whatever reason. */
const isEnding = ({ state }: Outlook, { life }: Life): boolean =>
  Object.values(state.intents).some(({ target }) => target.life === life) ||
  Object.values(state.actions).some(({ target }) => target.life === life);

/** A session that fails its checks is ended and started anew, as often as one that died would be brought back. */
const replace = (outlook: Outlook, life: Life, { policy, attempts }: Past): Plan => {
  const { state, now } = outlook;
  const { server, session } = life;
  const about: Target = { server, session, life: null };
  if (breakerOf(state, subjectOf(about)) !== 'closed' || isEnding(outlook, life)) return nothing;
  const { windowMs, maxRestarts } = policy;
  const counted = [recentRestarts(attempts, windowMs, now), recentEnds(attempts, windowMs, now)];
  if (Math.max(...counted) >= maxRestarts) {
    return { ...nothing, events: [decide('suspend', 'too-many-restarts', about, now)] };
  }
  const target: Target = { server, session, life: life.life };
  return {
    ...nothing,
    events: [decide('replace', 'unhealthy', about, now)],
    actions: [{ kind: 'session.kill', target, reason: 'unhealthy' }],
  };
};

/** What is to be done about a session that is up. */
export const planLiving = (outlook: Outlook, life: Life, past: Past): Plan => {
  const { state, config } = outlook;
  const { server, session, supervisedSince } = life;
  const failed = state.health?.[session]?.status === 'failed';
  if (!failed) {
    const target: Target = { server, session, life: null };
    return planSteady(outlook, target, past.policy, supervisedSince, past.attempts);
  }
  // What fails its checks has not recovered, however long it is up.
  return config.sessions[session]?.health?.onFailure === 'restart'
    ? replace(outlook, life, past)
    : nothing;
};

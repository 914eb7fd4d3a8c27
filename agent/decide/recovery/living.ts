import { breakerOf, replacing, subjectOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Health } from '../../model/health.ts';
import { isAimedAt, isBeingKilled } from '../../model/life.ts';
import type { Attempt, Life } from '../../model/state.ts';
import { backOffUntil } from './back-off.ts';
import { probeDue } from './bring-back.ts';
import { decide, nothing, type Plan, type PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { recentEnds, recentRestarts } from './restarts.ts';
import { planSteady } from './steady.ts';

interface Past {
  policy: RecoveryPolicy;
  attempts: readonly Attempt[];
}

/** Whether it is being ended, for whatever reason. */
const isEnding = ({ state }: Outlook, life: Life): boolean =>
  isBeingKilled(state, life.life) ||
  Object.values(state.intents).some((intent) => isAimedAt(intent, life));

/** Ends that do not work wait between them as restarts do. */
const endsUntil = ({ state, now }: Outlook, about: Target, { policy, attempts }: Past): number => {
  const subject = subjectOf(about);
  const ends = attempts
    .filter(({ reason }) => reason === replacing)
    .map(({ at }) => ({ at, reason: 'unhealthy' }));
  const { steadyAt } = state.recoveries?.[subject] ?? {};
  return backOffUntil({ subject, attempts: ends, steadyAt, endedAt: 0 }, policy, now);
};

/** A session that fails its checks is ended and started anew, as often as one that died would be brought back. */
const replace = (outlook: Outlook, life: Life, { policy, attempts }: Past): Plan => {
  const { state, now } = outlook;
  const { server, session } = life;
  const about: Target = { server, session, life: null };
  if (isEnding(outlook, life)) return nothing;
  const target: Target = { server, session, life: life.life };
  const end: PlannedAction = { kind: 'session.kill', target, reason: 'unhealthy' };
  const breaker = breakerOf(state, subjectOf(about));
  if (breaker === 'half-open') {
    return { ...nothing, events: [decide('suspend', 'probe-failed', about, now)] };
  }
  if (breaker === 'open') {
    const due = probeDue(state, about, policy, now);
    if (due === null || due > now) return { ...nothing, wakeAt: due };
    return { ...nothing, events: [decide('probe', 'probe', about, now)], actions: [end] };
  }
  const { windowMs, maxRestarts } = policy;
  const counted = [recentRestarts(attempts, windowMs, now), recentEnds(attempts, windowMs, now)];
  if (Math.max(...counted) >= maxRestarts) {
    return { ...nothing, events: [decide('suspend', 'too-many-restarts', about, now)] };
  }
  const until = endsUntil(outlook, about, { policy, attempts });
  if (until > now) return { ...nothing, wakeAt: until };
  return { ...nothing, events: [decide('replace', 'unhealthy', about, now)], actions: [end] };
};

/** Null: nobody asked how this life is. */
const healthOf = ({ state }: Outlook, { session, life }: Life): Health | null => {
  const known = state.health?.[session];
  return known?.life === life ? known : null;
};

/** Since when it is up and well; to wait for a person is no trouble. Null: it is not well. */
const wellSince = ({ supervisedSince }: Life, health: Health | null): number | null => {
  if (!health) return supervisedSince;
  const isWell = health.status === 'healthy' || health.status === 'waiting';
  return isWell ? Math.max(supervisedSince, health.since) : null;
};

/** What is to be done about a session that is up. */
export const planLiving = (outlook: Outlook, life: Life, past: Past): Plan => {
  const { config } = outlook;
  const { server, session } = life;
  const health = healthOf(outlook, life);
  if (health?.status === 'failed') {
    const isWanted = config.sessions[session]?.health?.onFailure === 'restart';
    return isWanted ? replace(outlook, life, past) : nothing;
  }
  const since = wellSince(life, health);
  if (since === null) return nothing;
  const target: Target = { server, session, life: null };
  return planSteady(outlook, target, past.policy, since, past.attempts);
};

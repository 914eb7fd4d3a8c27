import { needsPerson } from '../../model/bot/bots.ts';
import { breakerOf } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import type { Target } from '../../model/events/action.ts';
import type { Health } from '../../model/health.ts';
import type { Home } from '../../model/homes.ts';
import { healthOf } from '../../model/life.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import { backOffUntil } from './back-off.ts';
import { probeDue } from './bring-back.ts';
import { decide, nothing, type Plan, type PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { isUsedUp } from './restarts.ts';
import { planSteady } from './steady.ts';

/** A declared session or unit that is up. */
export interface Up {
  home: Pick<Home, 'session' | 'server' | 'life'>;
  /** ms since the epoch. */
  upSince: number;
  policy: RecoveryPolicy;
  attempts: readonly Attempt[];
  /** Those that were for its health: what does not help waits between them as restarts do. */
  tries: readonly Attempt[];
  /** What has it started anew where its health fails; null: nothing is to be done about that, or is done already. */
  action: PlannedAction | null;
}

const aboutOf = ({ server, session }: Up['home']): Target => ({ server, session, life: null });

/** What fails its checks is started anew as often as what died would be brought back. */
const startAnew = (outlook: Outlook, up: Up, action: PlannedAction): Plan => {
  const { state, now } = outlook;
  const { home, policy, attempts, tries } = up;
  const { session } = home;
  const about = aboutOf(home);
  const breaker = breakerOf(state, session);
  if (breaker === 'half-open') {
    return { ...nothing, events: [decide('suspend', 'probe-failed', about, now)] };
  }
  if (breaker === 'open') {
    const due = probeDue(state, about, policy, now);
    if (due === null || due > now) return { ...nothing, wakeAt: due };
    return { ...nothing, events: [decide('probe', 'probe', about, now)], actions: [action] };
  }
  if (isUsedUp(attempts, policy, now)) {
    return { ...nothing, events: [decide('suspend', 'too-many-restarts', about, now)] };
  }
  const { steadyAt } = state.recoveries?.[session] ?? {};
  const past = { subject: session, attempts: tries, steadyAt, endedAt: 0 };
  const until = backOffUntil(past, policy, now);
  if (until > now) return { ...nothing, wakeAt: until };
  return { ...nothing, events: [decide('replace', 'unhealthy', about, now)], actions: [action] };
};

/** Since when it is up and well; to wait for a person is no trouble. Null: it is not well. */
const wellSince = ({ upSince }: Up, health: Health | null): number | null => {
  if (!health) return upSince;
  const isWell = health.status === 'healthy' || health.status === 'waiting';
  return isWell ? Math.max(upSince, health.since) : null;
};

/** What is to be done about what is up: started anew where its health fails, or found to have recovered. */
export const planUp = (outlook: Outlook, up: Up): Plan => {
  const { home, policy, attempts, action } = up;
  const health = healthOf(outlook.state, home);
  if (health?.status === 'failed') {
    // To start it anew would ask the person anew, again and again.
    const isOurs = action && !needsPerson(outlook.state, home);
    return isOurs ? startAnew(outlook, up, action) : nothing;
  }
  const since = wellSince(up, health);
  return since === null ? nothing : planSteady(outlook, aboutOf(home), policy, since, attempts);
};

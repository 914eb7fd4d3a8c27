import { replacing } from '../../model/breaker.ts';
import type { RecoveryPolicy } from '../../model/config/config.ts';
import { isEnding } from '../../model/life.ts';
import type { Attempt } from '../../model/recovery-state.ts';
import type { Life } from '../../model/state.ts';
import type { Plan, PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { planUp } from './unhealthy.ts';

interface Past {
  policy: RecoveryPolicy;
  attempts: readonly Attempt[];
}

/** It is ended; what is missing then is started. */
const endOf = (outlook: Outlook, life: Life): PlannedAction | null => {
  const { server, session } = life;
  const isWanted = outlook.config.sessions[session]?.health?.onFailure === 'restart';
  if (!isWanted || isEnding(outlook.state, life)) return null;
  return {
    kind: 'session.kill',
    target: { server, session, life: life.life },
    reason: 'unhealthy',
  };
};

/** What is to be done about a session that is up. */
export const planLiving = (outlook: Outlook, life: Life, { policy, attempts }: Past): Plan =>
  planUp(outlook, {
    ...{ home: life, upSince: life.supervisedSince, policy, attempts },
    // Each is followed by a start, which is not counted a second time.
    tries: attempts
      .filter(({ reason }) => reason === replacing)
      .map(({ at }) => ({ at, reason: 'unhealthy' })),
    action: endOf(outlook, life),
  });

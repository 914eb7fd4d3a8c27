import { isActedOn } from '../../model/life.ts';
import type { UnitState } from '../../model/unit-state.ts';
import { nothing, type Plan, type PlannedAction } from './decision.ts';
import type { Outlook } from './outlook.ts';
import { planUp } from './unhealthy.ts';
import { unitBusyUntil } from './unit-busy.ts';

/**
 * What is to be done about one declared unit: systemd starts it again when it dies, and what somebody stopped, or is stopping,
 * stays so. Only one that is up and whose health fails is restarted, where the configuration asks for it. systemd's own
 * restarts are not counted: those are the unit's affair.
 */
export const planUnit = (outlook: Outlook, unit: UnitState): Plan => {
  const { state, config, isStopping } = outlook;
  const { session, server, life, status, since } = unit;
  const own = config.units?.[session];
  if (!own || status !== 'up' || life === null) return nothing;
  if (isStopping(life) || isActedOn(state, unit)) return nothing;
  const attempts = state.attempts[session] ?? [];
  const home = { session, server, life };
  const until = unitBusyUntil(state, home, outlook.now);
  if (until !== null) return { ...nothing, wakeAt: until };
  const action: PlannedAction = { kind: 'unit.restart', target: home, reason: 'unhealthy' };
  return planUp(outlook, {
    ...{ home, upSince: since, policy: own.recovery ?? config.recovery },
    attempts,
    tries: attempts.filter(({ reason }) => reason === 'unhealthy'),
    action: own.health?.onFailure === 'restart' ? action : null,
  });
};

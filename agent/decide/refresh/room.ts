import { breakerOf } from '../../model/breaker.ts';
import type { Config } from '../../model/config/config.ts';
import { declaredOf } from '../../model/config/declared.ts';
import type { Home } from '../../model/homes.ts';
import { isActedOn, isEnding } from '../../model/life.ts';
import type { State } from '../../model/state.ts';
import { isUsedUp } from '../recovery/restarts.ts';
import { unitBusyUntil } from '../recovery/unit-busy.ts';

/** Whether it is being ended, or something else is done about it. */
export const isBusy = (state: State, life: Home, now: number): boolean =>
  isEnding(state, life) || isActedOn(state, life) || unitBusyUntil(state, life, now) !== null;

/** Whether recovery has restarts left: what is ended to be renewed must not stay away, and its restart is counted, too. */
export const mayRestart = (
  state: State,
  config: Config,
  { session }: Home,
  now: number,
): boolean => {
  const policy = declaredOf(config, session)?.recovery ?? config.recovery;
  const isClosed = breakerOf(state, session) === 'closed';
  return isClosed && !isUsedUp(state.attempts[session] ?? [], policy, now);
};

/** Of one server, and of all units, only one login is renewed at a time: not all bots are away together. */
export const isTaken = ({ refreshes = {} }: State, server: string): boolean =>
  Object.values(refreshes).some(({ underWay }) => underWay?.server === server);

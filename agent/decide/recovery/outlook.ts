import type { Config } from '../../model/config/config.ts';
import { isOfDeclared } from '../../model/life.ts';
import type { Life, State } from '../../model/state.ts';
import { type Allowance, allowance } from './pace.ts';

/** What a plan is made of, looked up once for all sessions. */
export interface Outlook {
  state: State;
  config: Config;
  now: number;
  /** Of the declared sessions that are up. */
  lives: ReadonlyMap<string, Life>;
  starts: Allowance;
  /** Whether systemd is stopping the unit of that life, whoever asked for it. */
  isStopping(life: string): boolean;
}

export const outlookOf = (
  state: State,
  config: Config,
  now: number,
  isStopping: Outlook['isStopping'],
): Outlook => ({
  state,
  config,
  now,
  isStopping,
  lives: new Map(
    Object.values(state.lives)
      .filter((life) => isOfDeclared(state, life))
      .map((life) => [life.session, life]),
  ),
  starts: allowance(state, config.recovery.atOnce, now),
});

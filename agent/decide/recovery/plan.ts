import type { Config } from '../../model/config/config.ts';
import type { State } from '../../model/state.ts';
import { type Plan, together } from './decision.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { planServer } from './server.ts';
import { planSession } from './session.ts';
import { planUnit } from './unit.ts';

const ranks = { high: 0, normal: 1, low: 2 };

/** The important ones first, then as they are declared. */
const byImportance = ({ sessions }: Config, names: readonly string[]): string[] => {
  const rank = (name: string): number => ranks[sessions[name]?.importance ?? 'normal'];
  return names.toSorted((a, b) => rank(a) - rank(b));
};

/**
 * Compares what is declared with what lives, and plans what is missing. Level-triggered: it may be asked at any time and
 * plans nothing twice, because a pending action is in the state.
 * @param observed servers looked at since the agent started: before that the log may be behind the world.
 * @param isStopping what is known of a unit's life and is no event (`Outlook`)
 */
export const planRecovery = (
  state: State,
  config: Config,
  observed: ReadonlySet<string>,
  now: number,
  isStopping: Outlook['isStopping'] = () => false,
): Plan => {
  const outlook = outlookOf(state, config, now, isStopping);
  const declared = Object.values(state.declared)
    .filter(({ server }) => observed.has(server))
    .map(({ session }) => session);
  return together([
    ...Object.values(state.servers)
      .filter(({ server }) => observed.has(server))
      .map((server) => planServer(outlook, server)),
    ...byImportance(config, declared).map((session) => planSession(outlook, session)),
    ...Object.values(state.units ?? {})
      .filter(({ server }) => observed.has(server))
      .map((unit) => planUnit(outlook, unit)),
  ]);
};

import { isStarting } from '../../decide/health/health-events.ts';
import type { Config } from '../../model/config/config.ts';
import type { SessionHealth } from '../../model/config/health.ts';
import type { NewEvent } from '../../model/event.ts';
import { type Home, homeOfUnit } from '../../model/homes.ts';
import type { Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import { countMessages } from './counting-bots.ts';
import { isDue, lookAt, lookAway } from './look-at.ts';

export interface UnitHealthPorts {
  state(): State;
  config(): Config;
  samples: Samples;
  now(): number;
  /** When the clock was last set, ms since the epoch; 0: never. */
  clockSetAt(): number;
  /** Has what the configuration wants to be asked of a unit asked; the answers come into its sample. */
  probe(unit: Home, config: SessionHealth): void;
  /** Why no link can be asked about units; null: one can. */
  unasked(): string | null;
}

/** Looks at the declared units whose configuration asks for it, by the checks that need no terminal. */
export const createUnitHealth = ({ samples, ...ports }: UnitHealthPorts) => {
  const eventsOf = (home: Home, now: number): NewEvent[] => {
    const state = ports.state();
    const config = ports.config().units?.[home.session]?.health;
    const sample = samples.units?.get(home.life);
    // It answers nothing any more, and that is meant.
    if (sample?.stopping) return [];
    if (!config) return lookAway(state, home, sample, now);
    if (!sample || !isDue(sample, config, now)) return [];
    if (!isStarting(home, config, now)) {
      countMessages(state, samples, { life: home.life, sample }, config.checks, now);
    }
    const unasked = ports.unasked();
    const about = { now, clockSetAt: ports.clockSetAt(), host: samples.host, unasked };
    const events = lookAt(state, home, sample, config, { ...about, screenHas: null });
    if (unasked === null) ports.probe(home, config);
    return events;
  };

  return (): NewEvent[] =>
    Object.values(ports.state().units ?? {}).flatMap((unit) => {
      const home = homeOfUnit(unit);
      return home ? eventsOf(home, ports.now()) : [];
    });
};

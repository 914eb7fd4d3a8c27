import { healthEvents, isStarting, unwatched } from '../decide/health/health-events.ts';
import { takeLook } from '../decide/health/take-look.ts';
import type { Config } from '../model/config/config.ts';
import type { SessionHealth } from '../model/config/health.ts';
import type { NewEvent } from '../model/event.ts';
import type { Health } from '../model/health.ts';
import { isOfDeclared } from '../model/life.ts';
import type { LifeSample, Samples } from '../model/samples.ts';
import type { Life, State } from '../model/state.ts';
import { createClockWatch } from './clock-watch.ts';
import { createScreenMatching } from './screen-matching.ts';

export interface HealthWatchPorts {
  state(): State;
  config(): Config;
  samples: Samples;
  record(events: readonly NewEvent[]): void;
  now(): number;
  /** ms, of a clock that never jumps. Default: that of this process. */
  tick?(): number;
  /** Has what the configuration wants to be asked of a session asked; the answers come into its sample. */
  probe?(life: Life, config: SessionHealth): void;
}

const recorded = ({ health }: State, { session, life }: Life): Health | null => {
  const known = Object.hasOwn(health ?? {}, session) ? health?.[session] : undefined;
  return known?.life === life ? known : null;
};

/** A clock that was set back delays nothing. */
const isDue = ({ health }: LifeSample, { intervalMs }: SessionHealth, now: number): boolean =>
  !health || now - health.lookedAt >= intervalMs || now < health.lookedAt;

/** Looks at the sessions whose configuration asks for it, each at its own pace. */
export const createHealthWatch = ({
  probe = () => {},
  tick = () => performance.now(),
  ...ports
}: HealthWatchPorts) => {
  const clock = createClockWatch(ports.now, tick);
  const screens = createScreenMatching(tick);
  let known: Config | null = null;

  const look = (life: Life, sample: LifeSample, config: SessionHealth, now: number): NewEvent[] => {
    const before = recorded(ports.state(), life);
    if (isStarting(life, config, now)) return healthEvents(life, before, null, config, now);
    const { screen } = config.checks;
    const screenHas = screen ? screens.of(life, sample, screen) : null;
    const lookedAt = sample.health?.lookedAt ?? 0;
    const { host } = ports.samples;
    const seen = { now, lookedAt, clockSetAt: clock.setAt(), sample, host, screenHas };
    const looked = takeLook(sample.health, before, seen, config);
    sample.health =
      screenHas && screens.isLate()
        ? takeLook(sample.health, before, { ...seen, screenHas: null }, config)
        : looked;
    return healthEvents(life, before, sample.health, config, now);
  };

  const eventsOf = (life: Life, now: number): NewEvent[] => {
    if (!isOfDeclared(ports.state(), life)) return [];
    const config = ports.config().sessions[life.session]?.health;
    const sample = ports.samples.lives.get(life.life);
    const before = recorded(ports.state(), life);
    if (!config) {
      if (sample) delete sample.health;
      return before ? [unwatched(life, before, now)] : [];
    }
    if (!sample || !isDue(sample, config, now)) return [];
    const events = look(life, sample, config, now);
    probe(life, config);
    return events;
  };

  return {
    /** To be called every second. */
    look(): void {
      clock.look();
      screens.begin();
      const config = ports.config();
      if (config !== known) screens.forget();
      known = config;
      const { lives, health = {} } = ports.state();
      const isAsked = Object.values(config.sessions).some((session) => session.health);
      if (!isAsked && Object.keys(health).length === 0) return;
      screens.keep(lives);
      const events = Object.values(lives).flatMap((life) => eventsOf(life, ports.now()));
      if (events.length > 0) ports.record(events);
    },
  };
};

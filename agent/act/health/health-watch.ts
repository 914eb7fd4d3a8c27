import { isStarting } from '../../decide/health/health-events.ts';
import type { Config } from '../../model/config/config.ts';
import type { SessionHealth } from '../../model/config/health.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Home } from '../../model/homes.ts';
import { isOfDeclared } from '../../model/life.ts';
import type { LifeSample, Samples } from '../../model/samples.ts';
import type { Life, State } from '../../model/state.ts';
import type { createCanaries } from './canaries.ts';
import { createClockWatch } from './clock-watch.ts';
import { countMessages } from './counting-bots.ts';
import { isDue, lookAt, lookAway } from './look-at.ts';
import { createScreenMatching, type ScreenMatching } from './screen-matching.ts';
import { createUnitHealth } from './unit-health.ts';

export interface HealthWatchPorts {
  state(): State;
  config(): Config;
  samples: Samples;
  record(events: readonly NewEvent[]): void;
  now(): number;
  /** ms, of a clock that never jumps. Default: that of this process. */
  tick?(): number;
  /** Default: its own. */
  screens?: ScreenMatching;
  /** Has what the configuration wants to be asked of a session or unit asked; the answers come into its sample. */
  probe?(home: Home, config: SessionHealth): void;
  /** As in `UnitHealthPorts`. Default: one can be asked. */
  unasked?(): string | null;
  canaries?: Pick<ReturnType<typeof createCanaries>, 'look' | 'keep'>;
}

/** Looks at the sessions whose configuration asks for it, each at its own pace. */
export const createHealthWatch = ({
  probe = () => {},
  unasked = () => null,
  canaries,
  tick = () => performance.now(),
  screens = createScreenMatching(tick),
  ...ports
}: HealthWatchPorts) => {
  const clock = createClockWatch(ports.now, tick);
  const unitEvents = createUnitHealth({ ...ports, clockSetAt: clock.setAt, probe, unasked });
  let known: Config | null = null;

  const look = (life: Life, sample: LifeSample, config: SessionHealth, now: number): NewEvent[] => {
    const isYoung = isStarting(life, config, now);
    if (!isYoung) {
      countMessages(ports.state(), ports.samples, { life: life.life, sample }, config.checks, now);
    }
    const { screen } = config.checks;
    const screenHas = screen && !isYoung ? screens.of(life, sample, screen) : null;
    const about = { now, clockSetAt: clock.setAt(), host: ports.samples.host, screenHas };
    return lookAt(ports.state(), life, sample, config, about, screens.isLate);
  };

  const eventsOf = (life: Life, now: number): NewEvent[] => {
    if (!isOfDeclared(ports.state(), life)) return [];
    const config = ports.config().sessions[life.session]?.health;
    const sample = ports.samples.lives.get(life.life);
    if (!config) return lookAway(ports.state(), life, sample, now);
    if (sample && !isStarting(life, config, now)) {
      canaries?.look(life, config.checks.canary, clock.setAt());
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
      screens.keep(lives);
      const ofUnits = unitEvents();
      if (ofUnits.length > 0) ports.record(ofUnits);
      const isAsked = Object.values(config.sessions).some((session) => session.health);
      if (!isAsked && Object.keys(health).length === 0) return;
      canaries?.keep(lives);
      const events = Object.values(lives).flatMap((life) => eventsOf(life, ports.now()));
      if (events.length > 0) ports.record(events);
    },
  };
};

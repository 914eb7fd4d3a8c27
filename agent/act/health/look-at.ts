import type { Seen } from '../../decide/health/check.ts';
import { healthEvents, isStarting, unwatched } from '../../decide/health/health-events.ts';
import { takeLook } from '../../decide/health/take-look.ts';
import type { SessionHealth } from '../../model/config/health.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Home } from '../../model/homes.ts';
import { healthOf } from '../../model/life.ts';
import type { LifeSample } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';

/** What a look is taken with, besides what was sampled. */
export type About = Pick<Seen, 'now' | 'clockSetAt' | 'host' | 'screenHas' | 'unasked'>;

/** A clock that was set back delays nothing. */
export const isDue = (
  { health }: LifeSample,
  { intervalMs }: SessionHealth,
  now: number,
): boolean => !health || now - health.lookedAt >= intervalMs || now < health.lookedAt;

/**
 * Takes one look at the health of a session or unit that is up, and keeps what it found with its sample.
 * @param isLate whether its screen could not be matched to the end: then it says nothing
 * @returns what that changes
 */
export const lookAt = (
  state: State,
  home: Home,
  sample: LifeSample,
  config: SessionHealth,
  about: About,
  isLate: () => boolean = () => false,
): NewEvent[] => {
  const { now, screenHas } = about;
  const before = healthOf(state, home);
  if (isStarting(home, config, now)) return healthEvents(home, before, null, config, now);
  const seen = { ...about, sample, lookedAt: sample.health?.lookedAt ?? 0 };
  const looked = takeLook(sample.health, before, seen, config);
  sample.health =
    screenHas && isLate()
      ? takeLook(sample.health, before, { ...seen, screenHas: null }, config)
      : looked;
  return healthEvents(home, before, sample.health, config, now);
};

/** Nobody asks any more how it is. */
export const lookAway = (
  state: State,
  home: Home,
  sample: LifeSample | undefined,
  now: number,
): NewEvent[] => {
  const before = healthOf(state, home);
  if (sample) delete sample.health;
  return before ? [unwatched(home, before, now)] : [];
};

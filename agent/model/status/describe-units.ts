import { breakerOf } from '../breaker.ts';
import { healthOf } from '../life.ts';
import type { LifeSample, Samples } from '../samples.ts';
import type { State } from '../state.ts';
import type { UnitState } from '../unit-state.ts';
import { describeBots } from './describe-bots.ts';
import { describeRefresh } from './describe-refresh.ts';
import type { UnitLine } from './unit-line.ts';

const measured = (sample: LifeSample | undefined) => ({
  rssBytes: sample?.usage?.rssBytes ?? null,
  cpu: sample?.usage?.cpu ?? null,
});

const describeHealth = (
  state: State,
  { session, life }: UnitState,
  sample: LifeSample | undefined,
): UnitLine['health'] => {
  const known = life === null ? null : healthOf(state, { session, life });
  if (!known) return null;
  const { status, since, check, reason } = known;
  return { status, since, check, reason, checks: [...(sample?.health?.checks ?? [])] };
};

/** @param restarts as systemd counts them; null: it has not been asked */
const describeUnit = (
  state: State,
  samples: Samples,
  unit: UnitState,
  restarts: number | null,
): UnitLine => {
  const { session, life, status, since, pid, startedAt, deaths, end } = unit;
  const sample = life === null ? undefined : samples.units?.get(life);
  return {
    ...{ name: session, unit: unit.unit, status, since, life, pid, startedAt, deaths, restarts },
    healthRestarts: (state.attempts[session] ?? []).filter(({ reason }) => reason !== 'refresh')
      .length,
    breaker: breakerOf(state, session),
    end,
    ...measured(sample),
    bots: life === null ? [] : describeBots(state, samples, life),
    health: describeHealth(state, unit, sample),
    refresh: describeRefresh(state, session, sample),
  };
};

/** The declared units, by their names. */
export const describeUnits = (
  state: State,
  samples: Samples,
  restartsOf: (name: string) => number | null,
): UnitLine[] =>
  Object.values(state.units ?? {})
    .toSorted((a, b) => (a.session < b.session ? -1 : 1))
    .map((unit) => describeUnit(state, samples, unit, restartsOf(unit.session)));

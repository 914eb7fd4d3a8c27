import type { Victim } from './ground/ground.ts';
import type { ExpectedDeath, ExpectedPeace, Killer } from './way.ts';

type Details = Partial<Pick<ExpectedDeath, 'scope' | 'signal' | 'exitStatus' | 'killers'>>;

/** Victims that died of `causes`; of the session alone, with nobody who did it, unless `details` says more. */
export const died = (
  victims: readonly Victim[],
  causes: ExpectedDeath['causes'],
  details: Details = {},
): ExpectedDeath => ({
  benign: false,
  sessions: victims.map(({ session }) => session),
  causes,
  scope: 'session',
  killers: [],
  own: victims.map(({ pid }) => pid),
  ...details,
});

/** A signal of somebody's. */
export const killed = (
  victims: readonly Victim[],
  signal: string,
  killers: readonly Killer[],
  scope: ExpectedDeath['scope'] = 'session',
): ExpectedDeath => died(victims, ['signal'], { signal, killers, scope });

export const unharmed = (...victims: readonly Victim[]): ExpectedPeace => ({
  benign: true,
  sessions: victims.map(({ session }) => session),
});

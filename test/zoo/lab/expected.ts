import { died } from '../expected.ts';
import type { Victim } from '../ground/ground.ts';
import type { ExpectedDeath, Killer } from '../way.ts';
import type { LabGround } from './ground.ts';

type Details = Partial<Pick<ExpectedDeath, 'scope' | 'signal' | 'killers' | 'own' | 'hands'>>;

/** The first process does what it is told: to name it accuses nobody else, and does not say who told it. */
export const firstPid = 1;

/** All that is up on the managed server now dies with it, once something happens that is the cause. */
export const serverDies = async (
  ground: LabGround,
  causes: ExpectedDeath['causes'],
): Promise<(details?: Details) => ExpectedDeath> => {
  const sessions = await ground.sessionsOn('main');
  const own = [firstPid, await ground.serverPid()];
  return (details = {}) => ({
    ...{
      benign: false,
      sessions,
      causes,
      scope: 'server',
      killers: [],
      own,
      hands: ['/usr/lib/holdfast/end-sessions'],
    },
    ...details,
  });
};

/** A server of somebody's own dies with its only session. */
export const ownServerDies = (
  victim: Victim,
  causes: ExpectedDeath['causes'],
  details: Details = {},
): ExpectedDeath => ({
  ...died([victim], causes),
  ...{ scope: 'server', own: [firstPid] },
  ...details,
});

/** What was written of a killer whose own process is known only by its note. */
export const killerIn = async (
  ground: LabGround,
  file: string,
  ...cmdline: string[]
): Promise<Killer> => ({ pid: await ground.pidIn(file), cmdline });

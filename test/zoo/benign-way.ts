import { unharmed } from './expected.ts';
import type { Ground, Victim } from './ground/ground.ts';
import type { Way } from './way.ts';

/** A session with a program in it, to which something is done. */
export const leavesUnharmed = (
  name: string,
  sentence: string,
  doIt: (ground: Ground, victim: Victim) => Promise<unknown>,
  more: Partial<Way> = {},
): Way => ({
  ...{ server: 'both', ruins: 'session' },
  name,
  sentence,
  ...more,
  run: async (ground) => {
    const victim = await ground.sleeper();
    await doIt(ground, victim);
    return unharmed(victim);
  },
});

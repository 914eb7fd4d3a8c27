import type { SentinelEnd } from '../tmux/waiting-client.ts';
import type { Troubles } from './troubles.ts';

/** One client may be killed or detached by its owner; that many in a row means that none can run here. */
const tolerated = 2;

/** Counts the sentinels that ended while their server lived on: without one its end is seen up to a second later. */
export const createLosses = (troubles: Pick<Troubles, 'report' | 'over'>) => {
  let inARow = 0;
  return {
    lost({ text }: Pick<SentinelEnd, 'text'>): void {
      inARow += 1;
      if (inARow > tolerated) troubles.report('hold', text || 'the client that waits on it ends');
    },
    /** One waits. */
    over(): void {
      inARow = 0;
      troubles.over('hold');
    },
  };
};

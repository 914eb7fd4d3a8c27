import type { Finding, Sight } from './judge.ts';
import type { Reachability } from './reachability.ts';
import type { SingleFlight } from './single-flight.ts';
import type { Watched } from './watched.ts';

export interface RespondPorts {
  watched: Watched;
  reach: Reachability;
  confirmEnd: SingleFlight<[otherwise: string]>;
}

/** Does what a finding about a server that is known asks for. `heir`: what to say of its end. */
export type Respond = (finding: Finding, sight: Sight, heir?: string) => Promise<void>;

export const createRespond =
  ({ watched, reach, confirmEnd }: RespondPorts): Respond =>
  async (finding, { stat }, heir = '') => {
    const state = stat?.state ?? '';
    switch (finding) {
      case 'ended':
        return confirmEnd.run(heir);
      case 'foreign':
        return reach.foreign(state);
      case 'strange':
        watched.isDoubted = true;
        return reach.strange(state);
      case 'doubtful':
        watched.isDoubted = true;
        return;
      case 'socket-lost':
      case 'hung':
        return reach.report(finding, state);
    }
  };

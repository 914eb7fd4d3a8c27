import { type Access, realAccess, see } from './access.ts';
import type { Listed } from './ask-listing.ts';
import { judgeListing, judgeLook, type Knowledge } from './judge.ts';
import { createKnock, type KnockPorts } from './knock.ts';
import { createRespond, type RespondPorts } from './respond.ts';
import { type SingleFlight, singleFlight } from './single-flight.ts';
import type { Place } from './watched.ts';

export interface LookPorts extends Omit<KnockPorts, 'respond'>, RespondPorts {
  /** There is nothing to find out. */
  onWell(): Promise<void>;
}

export interface Look extends SingleFlight<[]> {
  /** A listing did not come, or not as asked for: finds out why before anything is believed. */
  doubt(answer: Exclude<Listed<unknown>['kind'], 'listed'>): Promise<void>;
}

/** Looks after one server: at its process, at its socket, and at who answers there. A run never fails. */
export const createLook = (place: Place, ports: LookPorts, access: Access = realAccess): Look => {
  const { watched, reach, troubles, hold, confirmEnd, onWell } = ports;
  const respond = createRespond(ports);
  const knock = createKnock(place, { ...ports, respond }, access);

  const client = (): Knowledge['client'] => {
    if (!hold.sentinel) return 'none';
    return hold.sentinel.ended ? 'ended' : 'waits';
  };

  const look = async (): Promise<void> => {
    const { instance, isDoubted } = watched;
    const sight = see(place.socket, instance, access);
    const known: Knowledge = { instance, isDoubted, client: client(), obstacle: reach.obstacle };
    switch (judgeLook(sight, known)) {
      case 'ended':
        return confirmEnd.run('');
      case 'stopped':
        return reach.report('hung', sight.stat?.state);
      case 'unsure':
        return knock();
      case 'well':
        troubles.over('look');
        return onWell();
    }
  };

  const { run, idle } = singleFlight(() =>
    look().catch((cause: unknown) => troubles.report('look', cause)),
  );

  return {
    run,
    idle,
    async doubt(answer) {
      if (!watched.instance) return;
      try {
        const sight = see(place.socket, watched.instance, access);
        await respond(judgeListing(sight, answer), sight);
      } catch (cause) {
        troubles.report('look', cause);
      }
    },
  };
};

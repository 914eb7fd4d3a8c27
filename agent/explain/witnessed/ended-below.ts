import type { WitnessedSignal } from '../../model/witnessed.ts';
import { descendsFrom } from '../process.ts';
import { meansEnd, SIGKILL } from '../signals.ts';
import { isByOthers, natureOf } from './nature.ts';
import { belowLeader, paneEnd } from './pane-signals.ts';
import { heedMs } from './passed-on.ts';
import type { Told } from './told.ts';

/**
 * What others ended, or asked to end, below the programs of the sessions shortly before these ended: a wrapper (npm, a shell
 * script) exits by itself when what it runs is gone, with a status of its own.
 */
export const endedBelow = (told: Told): WitnessedSignal[] =>
  told.deaths.flatMap((death) =>
    death.panes.flatMap((pane) => {
      const end = paneEnd(death, pane);
      return belowLeader(end, told).filter(
        (event) =>
          (meansEnd(event.signal) || event.signal === SIGKILL) &&
          event.result === 'delivered' &&
          event.at >= end.recent - heedMs &&
          isByOthers(natureOf(event, told)) &&
          !descendsFrom(event.sender, pane),
      );
    }),
  );

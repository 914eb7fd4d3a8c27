import type { Event } from '../../../agent/model/event.ts';
import { messageOf } from '../../../agent/model/failure.ts';

export interface IntakePorts {
  /** @throws where the disk does not take it; nothing has happened then */
  take(events: readonly Event[]): void;
  onTrouble(message: string): void;
  onTroubleOver(): void;
}

/** A disk that takes nothing is tried again after so long, ms. */
const retryMs = 1000;

/** Events that could not be taken wait here, in order; the agent has them too, and gives them again after a crash. */
export const createIntake = ({ take, onTrouble, onTroubleOver }: IntakePorts) => {
  let waiting: Event[] = [];
  let timer: NodeJS.Timeout | null = null;
  let wasStuck = false;

  const work = (): void => {
    const events = waiting;
    waiting = [];
    try {
      take(events);
    } catch (cause) {
      waiting = [...events, ...waiting];
      if (!wasStuck) onTrouble(messageOf(cause));
      wasStuck = true;
      timer = setTimeout(() => {
        timer = null;
        work();
      }, retryMs);
      return;
    }
    if (wasStuck) onTroubleOver();
    wasStuck = false;
  };

  return {
    put(events: readonly Event[]): void {
      waiting.push(...events);
      if (timer === null) work();
    },
    get isStuck(): boolean {
      return timer !== null;
    },
    close(): void {
      if (timer) clearTimeout(timer);
    },
  };
};

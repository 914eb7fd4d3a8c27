import type { Event } from '../../../agent/model/event.ts';
import { messageOf } from '../../../agent/model/failure.ts';
import type { EventNotification } from '../../../agent/protocol/agent.ts';

export interface IntakePorts {
  /** Events of one run of the agent. @throws where the disk does not take it; nothing has happened then */
  take(events: readonly Event[], run: number): void;
  onTrouble(message: string): void;
  onTroubleOver(): void;
}

/** A disk that takes nothing is tried again after so long, ms. */
const retryMs = 1000;

/** The events at the front that one run of the agent told of. */
const firstRun = (notifications: readonly EventNotification[], { run }: EventNotification) => {
  const end = notifications.findIndex((notification) => notification.run !== run);
  return notifications.slice(0, end === -1 ? undefined : end).map(({ event }) => event);
};

/** Events that could not be taken wait here, in order; the agent has them too, and gives them again after a crash. */
export const createIntake = ({ take, onTrouble, onTroubleOver }: IntakePorts) => {
  let waiting: EventNotification[] = [];
  let timer: NodeJS.Timeout | null = null;
  let wasStuck = false;
  let isClosed = false;

  const work = (): void => {
    try {
      for (let [first] = waiting; first; [first] = waiting) {
        const events = firstRun(waiting, first);
        take(events, first.run);
        waiting = waiting.slice(events.length);
      }
    } catch (cause) {
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
    put(notifications: readonly EventNotification[]): void {
      if (isClosed) return;
      waiting.push(...notifications);
      if (timer === null) work();
    },
    get isStuck(): boolean {
      return timer !== null;
    },
    /** Nothing is taken any more: who takes it may be gone. */
    close(): void {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
  };
};

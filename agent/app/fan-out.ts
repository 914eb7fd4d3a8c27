import type { Event } from '../model/event.ts';

type Listener = (events: readonly Event[]) => void;

/** Gives events to each listener in turn. One that fails is reported, and the others hear them all the same. */
export const fanOut =
  (onTrouble: (what: string, cause: unknown) => void, listeners: readonly Listener[]): Listener =>
  (events) => {
    for (const listener of listeners) {
      try {
        listener(events);
      } catch (cause) {
        onTrouble('a listener of events failed', cause);
      }
    }
  };

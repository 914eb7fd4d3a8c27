import type { Event, EventType } from '../../model/event.ts';
import type { Client } from '../../protocol/client.ts';

/** Events from a moment on, to be waited for one after the other. */
export interface EventWatch {
  /**
   * The first event since the watch began for which `pick` answers with something other than undefined;
   * null when none comes in time or the connection ends.
   */
  first<T>(pick: (event: Event) => T | undefined, limitMs: number): Promise<T | null>;
}

/** Subscribes; what happens after this resolves is seen. */
export const watchEvents = async (client: Client, types: EventType[]): Promise<EventWatch> => {
  const { seq } = await client.call('status', {});
  const seen: Event[] = [];
  let onNew: (() => void) | null = null;
  client.onEvent = ({ event }) => {
    seen.push(event);
    onNew?.();
  };
  await client.call('events.subscribe', { after: seq, types });

  const first = <T>(pick: (event: Event) => T | undefined, limitMs: number): Promise<T | null> =>
    new Promise((resolve) => {
      let next = 0;
      const end = (found: T | null): void => {
        onNew = null;
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => end(null), limitMs);
      onNew = () => {
        for (; next < seen.length; next += 1) {
          const event = seen[next];
          const found = event && pick(event);
          if (found !== undefined) return end(found);
        }
      };
      void client.closed.then(() => end(null));
      onNew();
    });
  return { first };
};

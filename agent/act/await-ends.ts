import type { Event } from '../model/event.ts';
import { giveUpAfter } from '../os/give-up.ts';

type Settle = (settled: boolean) => void;

/** @param settledBy what an event settles; undefined: nothing that is waited for */
const createWaits = (
  isSettled: (key: string) => boolean,
  settledBy: (event: Event) => string | undefined,
) => {
  const waiting = new Map<string, Set<Settle>>();

  const forget = (key: string, settle: Settle): void => {
    const others = waiting.get(key);
    others?.delete(settle);
    if (others?.size === 0) waiting.delete(key);
  };

  return {
    /** Resolves true when it is settled, false when it was not within `limitMs`. */
    until: (key: string, limitMs: number): Promise<boolean> =>
      new Promise((resolve) => {
        const settle = (settled: boolean): void => {
          clearTimeout(timer);
          forget(key, settle);
          resolve(settled);
        };
        const timer = giveUpAfter(limitMs, () => settle(false));
        if (isSettled(key)) return settle(true);
        waiting.set(key, (waiting.get(key) ?? new Set<Settle>()).add(settle));
      }),
    take(events: readonly Event[]): void {
      for (const event of events) {
        const key = settledBy(event);
        for (const settle of [...(waiting.get(key ?? '') ?? [])]) settle(true);
      }
    },
  };
};

/** Lets operators' requests wait for the end of a life they asked for. */
export const createEndings = (isLive: (life: string) => boolean) =>
  createWaits(
    (life) => !isLive(life),
    ({ type, data }) =>
      type === 'session.ended' || type === 'session.died' ? data.life : undefined,
  );

/** Lets them wait for an action that is under way, however it goes. */
export const createOutcomes = (isPending: (action: string) => boolean) =>
  createWaits(
    (action) => !isPending(action),
    ({ type, data }) =>
      type === 'action.done' || type === 'action.failed' || type === 'action.lost'
        ? data.action
        : undefined,
  );

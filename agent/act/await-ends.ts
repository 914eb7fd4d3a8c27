import type { Event } from '../model/event.ts';

type Settle = (ended: boolean) => void;

/** Lets operators' requests wait for the end they asked for. */
export const createEndings = (isLive: (life: string) => boolean) => {
  const waiting = new Map<string, Set<Settle>>();

  const forget = (life: string, settle: Settle): void => {
    const others = waiting.get(life);
    others?.delete(settle);
    if (others?.size === 0) waiting.delete(life);
  };

  return {
    /** Resolves true when the life ended, false when it did not within `limitMs`. */
    until: (life: string, limitMs: number): Promise<boolean> =>
      new Promise((resolve) => {
        const settle = (ended: boolean): void => {
          clearTimeout(timer);
          forget(life, settle);
          resolve(ended);
        };
        const timer = setTimeout(settle, limitMs, false);
        if (!isLive(life)) return settle(true);
        waiting.set(life, (waiting.get(life) ?? new Set<Settle>()).add(settle));
      }),
    take(events: readonly Event[]): void {
      for (const { type, data } of events) {
        if (type !== 'session.ended' && type !== 'session.died') continue;
        for (const settle of [...(waiting.get(data.life) ?? [])]) settle(true);
      }
    },
  };
};

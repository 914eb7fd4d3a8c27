import type { Event } from '../model/event.ts';

/** Lets an operator's request wait for the end it asked for. */
export const createEndings = (isLive: (life: string) => boolean) => {
  const waiting = new Map<string, () => void>();
  return {
    /** Resolves true when the life ended, false when it did not within `limitMs`. */
    until: (life: string, limitMs: number): Promise<boolean> =>
      new Promise((resolve) => {
        const settle = (ended: boolean): void => {
          clearTimeout(timer);
          waiting.delete(life);
          resolve(ended);
        };
        const timer = setTimeout(settle, limitMs, false);
        if (isLive(life)) waiting.set(life, () => settle(true));
        else settle(true);
      }),
    take(events: readonly Event[]): void {
      for (const { type, data } of events) {
        if (type === 'session.ended' || type === 'session.died') waiting.get(data.life)?.();
      }
    },
  };
};

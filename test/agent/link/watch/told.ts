import type { Notify } from '../../../../agent/link/notify.ts';
import type { LinkNotifications } from '../../../../agent/protocol/link.ts';

type Told = {
  [K in keyof LinkNotifications]: { method: K; params: LinkNotifications[K] };
}[keyof LinkNotifications];

/** Many times what the slowest of our waits takes on a busy machine, ms. */
const limitMs = 60_000;

/** Hears what a watcher tells. */
export const createListener = () => {
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  const tell: Notify = (method, params) => {
    told.push({ method, params } as Told);
    for (const ask of [...waiting]) ask();
  };
  /** Resolves with the first thing told for which `pick` finds something. */
  const until = <T>(what: string, pick: (one: Told) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const ask = (): void => {
        const found = told.map(pick).find((one) => one !== undefined);
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(ask);
        resolve(found);
      };
      const timer = setTimeout(() => reject(new Error(`${what}: not told`)), limitMs);
      waiting.add(ask);
      ask();
    });
  return { tell, until, told };
};

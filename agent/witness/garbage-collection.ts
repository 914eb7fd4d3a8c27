import { loadCollector } from '../os/spare-memory.ts';

/** Nothing has come for so long, ms. */
const quietMs = 3000;

/** Something comes all the time: then so often, ms. */
const busyMs = 30_000;

interface Ports {
  collect?(): void;
  /** Gives what was freed back to the system. */
  giveBack(): void;
}

/**
 * Collects garbage some seconds after the last of a burst: V8 waits until the heap has doubled, which for a process that
 * works for moments and then sleeps for hours is never. Where there is always somebody who sends a signal, it does so now
 * and then.
 */
export const createGarbageCollection = (
  { giveBack, collect = loadCollector() }: Ports,
  { quiet, busy } = { quiet: quietMs, busy: busyMs },
) => {
  let timer: NodeJS.Timeout | undefined;
  let busySince: number | null = null;

  const collectNow = (): void => {
    busySince = null;
    collect();
    giveBack();
  };

  return {
    /** Something was done. */
    collectLater(): void {
      const now = Date.now();
      busySince ??= now;
      clearTimeout(timer);
      timer = setTimeout(collectNow, Math.max(0, Math.min(quiet, busySince + busy - now))).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
};

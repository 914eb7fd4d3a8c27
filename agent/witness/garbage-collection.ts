import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Nothing has come for so long, ms. */
const quietMs = 3000;

/** Something comes all the time: then so often, ms. It takes some 20 ms. */
const busyMs = 30_000;

const loadCollector = (): ((options: object) => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as (options: object) => void;
};

interface Ports {
  collect?(options: object): void;
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
    collect({ type: 'major', flavor: 'last-resort' });
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

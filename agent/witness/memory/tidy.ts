import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Nothing has come for so long, ms. */
const quietMs = 3000;

const loadCollector = (): ((options: object) => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as (options: object) => void;
};

/**
 * Collects garbage some seconds after the last of a burst: V8 waits until the heap has doubled, which for a process that
 * works for moments and then sleeps for hours is never.
 */
export const createTidying = (collect = loadCollector()) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    /** Something was done. */
    later(): void {
      if (timer) timer.refresh();
      else timer = setTimeout(() => collect({ type: 'major', flavor: 'last-resort' }), quietMs);
      timer.unref();
    },
    stop: (): void => clearTimeout(timer),
  };
};

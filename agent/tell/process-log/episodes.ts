import type { LogLevel } from '../../model/config/config.ts';
import type { Fields, Logger } from '../process-log.ts';

/** Logs a lasting trouble once, and once more when it is over. */
export interface Episodes {
  /** Logged when the trouble `what` begins or its message changes; else only counted. */
  failed(what: string, msg: string, fields?: Fields & { level?: LogLevel }): void;
  /** Logged only where there was a trouble, with how often and how long. */
  recovered(what: string, msg: string, fields?: Fields): void;
}

interface Episode {
  msg: string;
  since: number;
  times: number;
}

/** Beyond this many at once the oldest is forgotten and would be logged again. */
const maxEpisodes = 1000;

/** `now`: ms on a clock that does not jump, e.g. `performance.now`. */
export const createEpisodes = (logger: Logger, now: () => number): Episodes => {
  const open = new Map<string, Episode>();
  return {
    failed(what, msg, { level = 'error', ...fields } = {}) {
      const known = open.get(what);
      if (known) known.times += 1;
      if (known?.msg === msg) return;
      open.set(what, { msg, since: known?.since ?? now(), times: known?.times ?? 1 });
      const [oldest] = open.keys();
      if (open.size > maxEpisodes && oldest !== undefined) open.delete(oldest);
      logger.log(level, msg, { what, ...fields });
    },
    recovered(what, msg, fields = {}) {
      const episode = open.get(what);
      if (!episode || !open.delete(what)) return;
      const { times, since } = episode;
      logger.log('info', msg, { what, times, afterMs: Math.round(now() - since), ...fields });
    },
  };
};

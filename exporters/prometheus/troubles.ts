import { Episode } from './episode.ts';
import type { Run } from './frame.ts';
import type { Log } from './log.ts';
import type { StateReading } from './state/reading.ts';

/** Says in the log what a collection met, once per episode. */
export class Troubles {
  readonly #path: string;
  readonly #log: Log;
  readonly #state: Episode;
  readonly #collectors = new Map<string, Episode>();
  #reading: StateReading | null = null;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#state = new Episode({
      began: (reason) =>
        log.warn(
          { path, reason, detail: this.#reading?.error?.detail },
          'the state file cannot be used; its metrics are absent',
        ),
      ended: (reason) => log.info({ path: this.#path, reason }, 'the state file can be used again'),
    });
  }

  #collector({ collector, error }: Run): Episode {
    const known = this.#collectors.get(collector);
    if (known) return known;
    const episode = new Episode({
      began: () => this.#log.error({ collector, err: error }, 'a collector fails'),
      ended: () => this.#log.info({ collector }, 'a collector works again'),
    });
    this.#collectors.set(collector, episode);
    return episode;
  }

  observe(reading: StateReading, runs: readonly Run[]): void {
    this.#reading = reading;
    this.#state.observe(reading.error?.reason ?? null);
    for (const run of runs) {
      this.#collector(run).observe(run.error === undefined ? null : 'failed');
    }
  }
}

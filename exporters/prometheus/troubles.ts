import type { Log } from '../log.ts';
import { Episode } from './episode.ts';
import type { Run } from './frame.ts';
import type { StateReading } from './state/reading.ts';

const stateEpisode = (path: string, log: Log): Episode =>
  new Episode({
    began: (reason, detail) =>
      log.warn({ path, reason, detail }, 'the state file cannot be used; its metrics are absent'),
    ended: (reason) => log.info({ path, reason }, 'the state file can be used again'),
  });

const collectorEpisode = (collector: string, log: Log): Episode =>
  new Episode({
    began: (_, err) => log.error({ collector, err }, 'a collector fails; its metrics are absent'),
    ended: () => log.info({ collector }, 'a collector works again'),
  });

/** Says in the log what collections meet, once per episode. */
export class Troubles {
  readonly #log: Log;
  readonly #state: Episode;
  readonly #collectors = new Map<string, Episode>();

  constructor(path: string, log: Log) {
    this.#log = log;
    this.#state = stateEpisode(path, log);
  }

  observe({ error }: StateReading, runs: readonly Run[]): void {
    this.#state.observe(error?.reason ?? null, error?.detail);
    for (const run of runs) this.#observeRun(run);
  }

  #observeRun({ collector, error }: Run): void {
    const episode = this.#collectors.get(collector) ?? collectorEpisode(collector, this.#log);
    this.#collectors.set(collector, episode);
    episode.observe(error === undefined ? null : 'failed', error);
  }
}

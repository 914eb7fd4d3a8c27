import { Failure } from '../../agent/model/failure.ts';
import { version } from '../../agent/model/version.ts';
import type { Log } from '../log.ts';
import { processUse } from '../process-use.ts';
import { collectors } from './collectors.ts';
import { Departures } from './departures.ts';
import { Exposition } from './exposition.ts';
import { createPageServer, defaultLimits, type Page } from './http.ts';
import { HttpOutput } from './http-output.ts';
import { HeapKeeper } from './memory.ts';
import type { Options } from './options.ts';
import { readBootId } from './state/boot.ts';
import { StateFile } from './state/file.ts';
import { TextfileOutput } from './textfile-output.ts';
import { Troubles } from './troubles.ts';
import type { SelfReport, View } from './view.ts';

const retryListenMs = 5000;

/** The whole exporter: one state file in, a textfile and HTTP pages out. */
export class Exporter {
  readonly #options: Options;
  readonly #log: Log;
  readonly #startedAt = Date.now();
  readonly #heap = new HeapKeeper();
  readonly #exposition = new Exposition(collectors);
  readonly #state: StateFile;
  readonly #departures: Departures;
  readonly #troubles: Troubles;
  readonly #textfile: TextfileOutput | null;
  readonly #http: HttpOutput | null;

  constructor(options: Options, log: Log) {
    this.#options = options;
    this.#log = log;
    this.#departures = new Departures(options.graceMs);
    this.#troubles = new Troubles(options.state, log);
    this.#state = new StateFile({
      path: options.state,
      staleAfterMs: options.staleAfterMs,
      bootId: readBootId(),
      now: Date.now,
      monotonic: () => performance.now(),
    });
    this.#textfile = this.#createTextfile();
    this.#http = this.#createHttp();
  }

  #createTextfile(): TextfileOutput | null {
    const { textfile: directory, intervalMs } = this.#options;
    if (directory === null) return null;
    return new TextfileOutput({ directory, intervalMs, render: this.#render, log: this.#log });
  }

  #createHttp(): HttpOutput | null {
    const { listen: address } = this.#options;
    if (!address) return null;
    const pages = new Map<string, Page>([
      ['/metrics', { contentType: this.#exposition.contentType, render: this.#render }],
      ['/healthz', { contentType: 'text/plain; charset=utf-8', render: async () => 'ok\n' }],
    ]);
    const server = createPageServer(pages, defaultLimits);
    return new HttpOutput({ server, address, retryMs: retryListenMs, log: this.#log });
  }

  #self(): SelfReport {
    return {
      version,
      nodeVersion: process.versions.node,
      startedAt: this.#startedAt,
      ...processUse(),
      textfileFailures: this.#textfile?.failures ?? null,
      listening: this.#http?.listening ?? null,
    };
  }

  #view(now: number): View {
    const state = this.#state.read();
    const departed = this.#departures.observe(state.document, now);
    return { now, graceMs: this.#options.graceMs, state, departed, self: this.#self() };
  }

  readonly #render = async (): Promise<string> => {
    const view = this.#view(Date.now());
    const { text, runs } = await this.#exposition.render(view);
    this.#troubles.observe(view.state, runs);
    this.#heap.afterWork();
    return text;
  };

  /** The port served; null while not listening. */
  get port(): number | null {
    return this.#http?.port ?? null;
  }

  /**
   * Resolves when every output works, or all that can: one that fails is retried as long as another works.
   * @throws Failure `listen` or `textfile` when none does.
   */
  async start(): Promise<void> {
    const listenFailure = (await this.#http?.start()) ?? null;
    const textfileFailure = (await this.#textfile?.start()) ?? null;
    const works = (this.#http && !listenFailure) || (this.#textfile && !textfileFailure);
    if (!works) throw await this.#giveUp(listenFailure ?? textfileFailure);
    if (listenFailure) {
      this.#log.error(
        { retryMs: retryListenMs },
        `${listenFailure.message}; going on with the textfile and trying again`,
      );
      this.#http?.keepTrying();
    }
  }

  async #giveUp(failure: Failure | null): Promise<Failure> {
    await this.stop();
    return failure ?? new Failure('usage', 'no output is asked for');
  }

  async stop(): Promise<void> {
    await Promise.all([this.#http?.stop(), this.#textfile?.stop()]);
  }
}

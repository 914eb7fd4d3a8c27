import { codeOf, Failure } from '../../agent/model/failure.ts';
import type { Log } from '../log.ts';
import { Episode } from './episode.ts';
import { Textfile } from './textfile.ts';

export interface TextfileOptions {
  directory: string;
  intervalMs: number;
  render: () => Promise<string>;
  log: Log;
}

/** Writes the textfile every interval, until stopped. A disk that refuses is no reason to stop. */
export class TextfileOutput {
  readonly #options: TextfileOptions;
  readonly #file: Textfile;
  readonly #trouble: Episode;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;
  failures = 0;

  constructor(options: TextfileOptions) {
    const { log } = options;
    this.#options = options;
    this.#file = new Textfile(options.directory);
    const { path } = this.#file;
    this.#trouble = new Episode({
      began: (code) => log.error({ path, code }, 'the textfile cannot be written'),
      ended: () => log.info({ path }, 'the textfile is written again'),
    });
  }

  /** Writes once, then goes on by itself. @returns what the first write failed with, null when it did not. */
  async start(): Promise<Failure | null> {
    const code = await this.#write();
    this.#schedule();
    if (code === null) return null;
    return new Failure('textfile', `${this.#file.path} cannot be written: ${code}`);
  }

  async #write(): Promise<string | null> {
    const code = await this.#attempt();
    if (code !== null) this.failures += 1;
    this.#trouble.observe(code);
    return code;
  }

  async #attempt(): Promise<string | null> {
    try {
      await this.#file.write(await this.#options.render());
      return null;
    } catch (error) {
      return codeOf(error) ?? String(error);
    }
  }

  /** One after the other: a write on a slow disk is never overtaken by the next. */
  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#writing = this.#write().then(() => this.#schedule());
    }, this.#options.intervalMs);
  }

  /** Waits for a write that is under way, then removes the file. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#file.remove().catch(() => {});
  }
}

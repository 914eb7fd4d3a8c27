import type { Logger } from 'pino';

export type Level = 'info' | 'warn' | 'error';

/** What is written of one line beside its message; `err` is serialised with its stack. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The process log. All is well most of the time and then nothing is said, so pino, which is a tenth of
 * the memory of this process, is loaded with the first line.
 */
export class Log {
  readonly #open: () => Promise<Logger>;
  #lines: Promise<Logger> | null = null;

  /** @param open makes the logger; called once, with the first line. */
  constructor(open: () => Promise<Logger>) {
    this.#open = open;
  }

  #say(level: Level, fields: Fields, message: string): void {
    this.#lines = (this.#lines ?? this.#open()).then((logger) => {
      logger[level](fields, message);
      return logger;
    });
  }

  info(fields: Fields, message: string): void {
    this.#say('info', fields, message);
  }

  warn(fields: Fields, message: string): void {
    this.#say('warn', fields, message);
  }

  error(fields: Fields, message: string): void {
    this.#say('error', fields, message);
  }

  /** Resolves when everything said so far is written. */
  async written(): Promise<void> {
    await this.#lines;
  }
}

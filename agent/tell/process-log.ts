import { pino } from 'pino';
import type { LogLevel } from '../model/config/config.ts';
import { isJournal } from '../os/journal-stream.ts';
import { type Redact, roomy, toPlain } from './plain-value.ts';
import { fitLine, maxLineBytes } from './process-log/fit-line.ts';
import { createLevels } from './process-log/levels.ts';
import { createOutput } from './process-log/output.ts';
import { priorities } from './process-log/priorities.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What a part of the program needs to log. A field `session` subjects a line to that session's level. */
export interface Logger {
  log(level: LogLevel, msg: string, fields?: Fields): void;
  /** A logger whose lines carry `component`. */
  child(component: string): Logger;
}

export interface ProcessLog extends Logger {
  setLevel(level: LogLevel, session?: string): void;
  /** The session follows the general level again. */
  clearLevel(session: string): void;
  levels(): { level: LogLevel; sessions: Record<string, LogLevel> };
  /** Resolves when nothing waits to be written. A reader that has stopped reading can delay it for ever. */
  flushed(): Promise<void>;
  /** Lines given up because nobody read them. */
  dropped(): number;
}

export interface ProcessLogOptions {
  level: LogLevel;
  sessionLevels: Readonly<Record<string, LogLevel>>;
  redact: Redact;
  /** Given each line that has a field `session`, for that session's own log. */
  copy?: (session: string, line: string) => void;
  env?: NodeJS.ProcessEnv;
  fd?: number;
  now?: () => number;
}

/** Keys of the line itself; a field of that name gets a `_`. */
const reserved = new Set(['level', 'time', 'component', 'msg', 'truncated']);

const withoutReserved = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [reserved.has(key) ? `${key}_` : key, value]),
  );

/** The longest prefix is `<7>`. */
const prefixBytes = 3;

/** Where pino puts its lines; with this symbol it also says their level. */
const destination = (options: ProcessLogOptions, push: (line: string) => void) => {
  const { fd = 1, env = process.env, copy } = options;
  const journal = isJournal(fd, env);
  return {
    [Symbol.for('pino.metadata')]: true as const,
    lastLevel: 0,
    /** What the next line is about, as the session is really called. */
    session: undefined as unknown,
    write(line: string): void {
      const fitted = fitLine(line, maxLineBytes - prefixBytes);
      const level = pino.levels.labels[this.lastLevel] as LogLevel;
      push(journal ? `<${priorities[level]}>${fitted}` : fitted);
      if (typeof this.session === 'string') copy?.(this.session, fitted);
    },
  };
};

/**
 * The process log: one JSON object per line on stdout, redacted, at most 16 KiB each. Logging never
 * throws and never waits; a reader that has gone costs its lines and nothing else.
 */
export const createProcessLog = (options: ProcessLogOptions): ProcessLog => {
  const { redact, now = Date.now } = options;
  const levels = createLevels(options.level, options.sessionLevels);
  const output = createOutput(options.fd ?? 1);
  const target = destination(options, output.push);
  const writer = pino(
    {
      level: 'trace',
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      // Errors come as plain objects; pino would call them all `Object`.
      serializers: { err: (err) => err },
    },
    target,
  );

  const logger = (component: string | null): Logger => ({
    log(level, msg, fields = {}) {
      if (!levels.allows(level, fields['session'])) return;
      target.session = fields['session'];
      const plain = toPlain(withoutReserved(fields), redact, roomy) as Fields;
      const bound = component === null ? plain : { component, ...plain };
      writer[level](bound, toPlain(msg, redact, roomy) as string);
    },
    child: (name) => logger(name),
  });

  return {
    ...logger(null),
    setLevel: levels.set,
    clearLevel: levels.clear,
    levels: levels.current,
    flushed: output.flushed,
    dropped: output.dropped,
  };
};

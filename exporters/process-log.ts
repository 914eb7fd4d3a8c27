import { type Logger, pino, stdTimeFunctions } from 'pino';
import { fs } from './builtins.ts';

/** syslog(3) priorities by pino's level numbers; journald takes them from a `<N>` before the line (sd-daemon(3)). */
const priorities: Readonly<Record<number, number>> = { 10: 7, 20: 7, 30: 6, 40: 4, 50: 3, 60: 2 };

/** True only when `fd` itself is the journal: a container inherits the variable without the pipe. */
const isJournal = (env: NodeJS.ProcessEnv, fd: number): boolean => {
  try {
    const { dev, ino } = fs.fstatSync(fd);
    return env['JOURNAL_STREAM'] === `${dev}:${ino}`;
  } catch {
    return false;
  }
};

/** pino leaves the level of the line it is about to write here when a stream asks for it. */
const wantsLevel = Symbol.for('pino.metadata');

/** Where pino writes: stdout, with the journal's priority prefix where it is read. */
const destination = (journal: boolean) => ({
  [wantsLevel]: true,
  lastLevel: 30,
  write(line: string): void {
    process.stdout.write(journal ? `<${priorities[this.lastLevel] ?? 6}>${line}` : line);
  },
});

/** The process log of one component: one JSON object per line on stdout. */
export const createLogger = (component: string, env: NodeJS.ProcessEnv): Logger => {
  // Who read our log is gone; that is no reason to stop.
  process.stdout.on('error', () => {});
  return pino(
    {
      base: { component },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination(isJournal(env, 1)),
  );
};

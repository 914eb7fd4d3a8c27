import { writeSync } from 'node:fs';
import { messageOf } from '../model/failure.ts';
import { redact } from '../model/redaction.ts';
import { isJournal } from './journal-stream.ts';

/** syslog(3) priorities, which journald takes from a `<N>` before each line (sd-daemon(3)). */
const priorities = { info: 6, error: 3, fatal: 2 } as const;

/** journald cuts lines at 48 KiB (LineMax=), container runtimes at 16 KiB; JSON takes up to six bytes for a character. */
const maxCharacters = 2000;

const text = (value: string): string => redact(value).text.slice(0, maxCharacters).toWellFormed();

/**
 * The process log of a small process: a line of JSON where standard output is the journal, and nothing anywhere else, where a
 * reader that does not read would make it wait. Never throws.
 */
export const createJournalLine = (
  env: NodeJS.ProcessEnv,
  who: { component: string; owner?: string },
  fd = 1,
) => {
  const journal = isJournal(fd, env);
  const say = (level: keyof typeof priorities, msg: string, fields: object = {}): void => {
    if (!journal) return;
    const time = new Date().toISOString();
    const line = { level, time, ...who, ...fields, msg: text(msg) };
    try {
      writeSync(fd, `<${priorities[level]}>${JSON.stringify(line)}\n`);
    } catch {
      // Nobody is left to be told.
    }
  };
  return {
    journal,
    say,
    /** Node would write a crash in many lines, none of them JSON and each at the priority of information. */
    tellCrashes(): void {
      if (!journal) return;
      process.on('uncaughtException', (cause) => {
        say('fatal', messageOf(cause), { stack: text(cause.stack ?? '') });
        process.exit(1);
      });
    },
  };
};

import { writeSync } from 'node:fs';
import { messageOf } from '../model/failure.ts';
import { redact } from '../model/redaction.ts';
import { isJournal } from '../os/journal-stream.ts';
import { fitLine, maxLineBytes } from '../tell/process-log/fit-line.ts';
import { priorities } from '../tell/process-log/priorities.ts';

export interface LastWordsOptions {
  env?: NodeJS.ProcessEnv;
  fd?: number;
  now?: () => number;
}

/** The longest prefix is `<7>`. */
const prefixBytes = 3;

const journalLine = (cause: unknown, at: number): string => {
  const stack = cause instanceof Error && cause.stack ? { stack: redact(cause.stack).text } : {};
  const msg = redact(messageOf(cause)).text;
  const time = new Date(at).toISOString();
  const line = { level: 'fatal', time, component: 'agent', ...stack, msg };
  return `<${priorities.fatal}>${fitLine(`${JSON.stringify(line)}\n`, maxLineBytes - prefixBytes)}`;
};

/**
 * Says on standard error why the process ends, before this returns: a sentence for people, and where the journal
 * reads it a line as those of the process log. Never throws.
 */
export const lastWords = (cause: unknown, options: LastWordsOptions = {}): void => {
  const { env = process.env, fd = 2, now = Date.now } = options;
  try {
    const line = isJournal(fd, env) ? journalLine(cause, now()) : `${messageOf(cause)}\n`;
    writeSync(fd, line);
  } catch {
    // Nobody is left to be told.
  }
};

/** Node would write a crash in many lines, none of them JSON and each at the priority of information. */
export const tellCrashes = (env: NodeJS.ProcessEnv): void => {
  if (!isJournal(2, env)) return;
  process.on('uncaughtException', (cause) => {
    lastWords(cause, { env });
    process.exit(1);
  });
};

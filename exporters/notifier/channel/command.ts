import { redact } from '../../../agent/model/redaction.ts';
import { printableLines } from '../../../agent/model/text/printable.ts';
import type { Card } from '../card.ts';
import type { Channel, Outcome } from '../channel.ts';
import { documentOf } from './document.ts';
import { runShell, type ShellEnd } from './shell.ts';

export interface CommandOptions {
  name: string;
  command: string;
  /** Of this process: PATH, HOME and LANG are handed on. */
  env: NodeJS.ProcessEnv;
  limitMs?: number;
}

/** Five processes a second, whatever happens. */
const paceMs = 200;
const defaultLimitMs = 30_000;

/** sysexits.h: try again later. */
const tempFail = 75;
/** POSIX, Exit Status for Commands: found but not to be executed, and not found. */
const notFound: ReadonlySet<number> = new Set([126, 127]);

/** A variable that is longer makes a command hard to start: 128 KiB are the kernel's limit for one. */
const maxHeadline = 1000;
const maxDetail = 200;

/** Nothing of ours but this: our own environment says where the credentials are. */
const environmentOf = ({ env }: CommandOptions, card: Card): Record<string, string> => ({
  PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
  ...(env['HOME'] !== undefined && { HOME: env['HOME'] }),
  ...(env['LANG'] !== undefined && { LANG: env['LANG'] }),
  HOLDFAST_ALERT: card.alert,
  HOLDFAST_SEVERITY: card.severity,
  HOLDFAST_STATUS: card.status,
  // A NUL in it would keep the command from being started.
  HOLDFAST_HEADLINE: card.headline.replaceAll('\0', '').slice(0, maxHeadline),
});

/** Its last words, in one line. */
const lastWords = (tail: string): string => {
  const lines = printableLines(redact(tail).text).filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? '').slice(0, maxDetail);
};

const withWords = (what: string, tail: string): string => {
  const words = lastWords(tail);
  return words === '' ? what : `${what}: ${words}`;
};

const later = (code: string, message: string): Outcome => ({
  kind: 'later',
  code,
  message,
  waitMs: null,
  everything: true,
});

const judgeExit = (code: number, tail: string): Outcome => {
  const message = withWords(`exit code ${code}`, tail);
  if (code === 0) return { kind: 'accepted', receipt: null, detail: message };
  if (code === tempFail) return later('75', message);
  return { kind: notFound.has(code) ? 'unusable' : 'refused', code: String(code), message };
};

const judge = (end: ShellEnd, limitMs: number): Outcome => {
  switch (end.kind) {
    case 'exited':
      return judgeExit(end.code, end.tail);
    case 'killed':
      return later(end.signal, withWords(`ended by ${end.signal}`, end.tail));
    case 'stopped': {
      const what = end.why === 'timeout' ? `killed after ${limitMs / 1000} s` : 'given up';
      return later(end.why, withWords(what, end.tail));
    }
    case 'not-started':
      return later(end.code, `/bin/sh cannot be started: ${end.code}`);
  }
};

/**
 * Runs a command for each alert, with the alert on its standard input (document.ts) and the most important of it in
 * HOLDFAST_ALERT, HOLDFAST_SEVERITY, HOLDFAST_STATUS and HOLDFAST_HEADLINE.
 *
 * Exit code 0 is accepted; 75 (EX_TEMPFAIL), a signal and more than 30 s are tried again; 126 and 127 are for a person
 * to mend; any other is refused. What it starts in the background may go on after it has ended.
 */
export const createCommand = (options: CommandOptions): Channel => {
  const { name, command, limitMs = defaultLimitMs } = options;
  return {
    name: `command:${name}`,
    audience: 'programs',
    paceMs,
    deliver: async (card, _receipt, signal) => {
      const input = `${JSON.stringify(documentOf(card))}\n`;
      const env = environmentOf(options, card);
      return judge(await runShell({ command, env, input, limitMs, signal }), limitMs);
    },
  };
};

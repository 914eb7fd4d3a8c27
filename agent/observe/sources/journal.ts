import { execFile } from 'node:child_process';
import { codeOf, Failure, messageOf } from '../../model/failure.ts';
import type { Bounded } from './cut.ts';
import { type JournalEntry, parseEntries } from './parse/journal-entry.ts';
import type { Availability, Span } from './source.ts';

/** What `journalctl` printed; `whole` is false where it had more to say. */
export interface Printed {
  text: string;
  whole: boolean;
}

/** Runs `journalctl`. @throws what it says, or whatever keeps it from being run */
export type RunJournalctl = (args: readonly string[], signal: AbortSignal) => Promise<Printed>;

export interface Journal {
  /** Whether there is an entry that matches, from whenever: `expected` says what, for people. */
  probe(matches: readonly string[], expected: Expected, signal: AbortSignal): Promise<Availability>;
  /** The last entries that match (journalctl(1), `+` is "or"), in order. @throws Failure `journal-unread` */
  read(query: JournalQuery, signal: AbortSignal): Promise<Bounded<JournalEntry[]>>;
}

export interface JournalQuery {
  /** Absent: from whenever. */
  span?: Span;
  matches: readonly string[];
  /** Times come by themselves, and so do the fields that say who sent an entry. */
  fields: readonly string[];
  /** The last so many; default: 500. */
  most?: number;
}

/** What is missing where nothing matches, and what to do about it. */
export interface Expected {
  why: string;
  advice: string;
}

/** How long one reading may take, ms. A journal on a slow disk must not hold up an explanation. */
const limitMs = 4000;

/** Bounds of one reading: what is before the last entries, or beyond these bytes, is not told. */
const maxEntries = 500;
const maxBytes = 2 * 1024 * 1024;

/** The journal's own word on who sent an entry (systemd.journal-fields(7)). */
const senderFields = [
  ...['_PID', '_UID', '_COMM', '_EXE', '_TRANSPORT', '_SYSTEMD_UNIT'],
  ...['_SOURCE_REALTIME_TIMESTAMP', 'MESSAGE', 'MESSAGE_ID'],
];

/** With too much to say, what it said until then counts. */
const isTooMuch = (cause: unknown): boolean =>
  codeOf(cause) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

/** Its own words: Node puts the whole command line before them. */
const failureOf = (error: Error, said: string): Error =>
  said === '' ? error : new Failure('journal-unread', said, { cause: error });

export const runJournalctl: RunJournalctl = (args, signal) =>
  new Promise((resolve, reject) => {
    const killSignal = 'SIGKILL';
    const options = { signal, killSignal, maxBuffer: maxBytes, encoding: 'utf8' } as const;
    execFile('journalctl', [...args], options, (error, stdout, stderr) => {
      if (error && !isTooMuch(error)) reject(failureOf(error, stderr.trim()));
      else resolve({ text: stdout, whole: !error });
    });
  });

const argumentsOf = (lines: number, fields: readonly string[]): string[] => [
  ...['--quiet', '--no-pager', '--output=json', `--lines=${lines}`],
  `--output-fields=${[...new Set([...senderFields, ...fields])].join(',')}`,
];

/** Whole seconds: all versions of journalctl read them. Sources leave out what is beyond the span. */
const timesOf = ({ since, until }: Span): string[] => [
  `--since=@${Math.floor(since / 1000)}`,
  `--until=@${Math.ceil(until / 1000)}`,
];

const isWithin = (span: Span | undefined, at: number): boolean =>
  !span || (at >= span.since && at <= span.until);

/** Lines are asked for from the end, bytes come from the beginning. */
const cutOf = (entries: readonly JournalEntry[], whole: boolean, most: number): string | null => {
  if (!whole) return `only the first ${maxBytes / 1024 / 1024} MB of the journal were read`;
  return entries.length < most ? null : `only the last ${most} entries were read`;
};

const isMissing = (cause: unknown): boolean => codeOf(cause) === 'ENOENT';

const notInstalled: Availability = {
  ...{ ok: false, why: 'journalctl is not installed' },
  advice: 'install systemd, or do without the journal as evidence',
};

const unreadable = (cause: unknown): Availability => ({
  ok: false,
  why: `the journal cannot be read: ${messageOf(cause).slice(0, 200)}`,
  advice: 'try `journalctl -n 1` as the user of the agent',
});

/** The journal of this machine, through `run`. */
export const createJournal = (run: RunJournalctl): Journal => {
  const limited = (args: readonly string[], signal: AbortSignal): Promise<Printed> =>
    run(args, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]));

  const sees = async (matches: readonly string[], signal: AbortSignal): Promise<boolean> =>
    parseEntries((await limited([...argumentsOf(1, []), ...matches], signal)).text).length > 0;

  const probe: Journal['probe'] = async (matches, expected, signal) => {
    try {
      return (await sees(matches, signal)) ? { ok: true } : { ok: false, ...expected };
    } catch (cause) {
      return isMissing(cause) ? notInstalled : unreadable(cause);
    }
  };

  const read: Journal['read'] = async (query, signal) => {
    const { span, matches, fields, most = maxEntries } = query;
    const args = [...argumentsOf(most, fields), ...(span ? timesOf(span) : []), ...matches];
    const { text, whole } = await limited(args, signal).catch((cause: unknown) => {
      throw new Failure('journal-unread', `journalctl: ${messageOf(cause)}`, { cause });
    });
    const entries = parseEntries(text);
    const found = entries.filter(({ at }) => isWithin(span, at));
    return { found, cut: cutOf(entries, whole, most) };
  };

  return { probe, read };
};

/** What to do where not even systemd's own entries can be seen. */
export const unseen: Expected = {
  why: 'no entry of systemd can be seen in the journal',
  advice:
    'let the user of the agent read it: `sudo usermod -aG systemd-journal USER`, then restart the agent',
};

import { findAssignments } from './redaction/assignment.ts';
import { hideArguments } from './redaction/command.ts';
import { findHeaders } from './redaction/header.ts';
import { findByContext } from './redaction/patterns.ts';
import { findPrivateKeys } from './redaction/pem.ts';
import { type Finder, mark, merged, type Span } from './redaction/span.ts';
import { findTelegramTokens } from './redaction/telegram.ts';
import { findTokens } from './redaction/tokens.ts';
import { gapsIn, viewOf } from './redaction/view.ts';

/** A text that may be logged, stored and shown, and how many secrets it held. */
export interface Redacted {
  readonly text: string;
  readonly count: number;
}

export interface RedactOptions {
  /** Columns of the terminal that `text` is a screen of: finds secrets that are wrapped over several lines. */
  readonly screenWidth?: number;
}

const finders: readonly Finder[] = [
  findTokens,
  findTelegramTokens,
  findByContext,
  findHeaders,
  findAssignments,
  findPrivateKeys,
];

const find: Finder = (text) => finders.flatMap((finder) => finder(text));

/** Escapes and line feeds inside a secret stay: the screen keeps its lines and colours. */
const replaced = (text: string, spans: readonly Span[], gaps: readonly Span[]): string => {
  let result = '';
  let at = 0;
  let gap = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + mark;
    for (; gap < gaps.length; gap += 1) {
      const { start: from = end, end: to = end } = gaps[gap] ?? {};
      if (from >= end) break;
      if (from >= start) result += text.slice(from, to);
    }
    at = end;
  }
  return result + text.slice(at);
};

const redactOnce = (text: string, screenWidth: number | null): Redacted => {
  const gaps = gapsIn(text, screenWidth);
  const view = viewOf(text, gaps);
  const seen = view === null ? [] : find(view.text).map(view.original);
  const spans = merged([...find(text), ...seen]);
  return { text: replaced(text, spans, gaps), count: spans.length };
};

/** What is taken away may bare something else; more than three passes were never seen. */
const maxPasses = 8;

/**
 * Replaces what looks like a secret by `[redacted]`; names of keys stay. Pure, total, linear in the length of
 * `text`. What it knows: agent/model/redaction/. It errs towards taking too much.
 */
export const redact = (text: string, { screenWidth }: RedactOptions = {}): Redacted => {
  let [result, total] = [text, 0];
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const { text: next, count } = redactOnce(result, screenWidth ?? null);
    if (count === 0) break;
    [result, total] = [next, total + count];
  }
  return { text: result, count: total };
};

/**
 * A command line as one text, arguments parted by spaces. A string with NULs is taken for /proc/PID/cmdline;
 * any other string is redacted as it is.
 */
export const redactCommand = (command: readonly string[] | string): Redacted => {
  const argv = typeof command === 'string' ? command.replace(/\0+$/, '').split('\0') : command;
  if (argv.length === 1) return redact(argv[0] ?? '');
  const shown = hideArguments(argv);
  const hidden = shown.filter((argument, index) => argument !== argv[index]).length;
  const parts = shown.map((argument) => redact(argument));
  const line = redact(parts.map(({ text }) => text).join(' '));
  const found = parts.reduce((sum, { count }) => sum + count, line.count);
  return { text: line.text, count: found + hidden };
};

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

/** The gaps that lie in each of `spans`; both are sorted. */
const gapsWithin = (spans: readonly Span[], gaps: readonly Span[]): Span[][] => {
  let next = 0;
  return spans.map(({ start, end }) => {
    const within: Span[] = [];
    for (let gap = gaps[next]; gap !== undefined && gap.start < end; gap = gaps[next]) {
      if (gap.start >= start && gap.end <= end) within.push(gap);
      next += 1;
    }
    return within;
  });
};

/** Escapes and line feeds inside a secret stay, so that a screen keeps its colours and lines. */
const replace = (text: string, spans: readonly Span[], gaps: readonly Span[]): Redacted => {
  const within = gapsWithin(spans, gaps);
  let [result, at, count] = ['', 0, 0];
  for (const [index, { start, end }] of spans.entries()) {
    const kept = (within[index] ?? []).map((gap) => text.slice(gap.start, gap.end));
    const replacement = mark + kept.join('');
    if (replacement !== text.slice(start, end)) count += 1;
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return { text: result + text.slice(at), count };
};

const redactOnce = (text: string, screenWidth: number | null): Redacted => {
  const gaps = gapsIn(text, screenWidth);
  const view = viewOf(text, gaps);
  const seen = view === null ? [] : find(view.text).map(view.original);
  return replace(text, merged([...find(text), ...seen]), gaps);
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

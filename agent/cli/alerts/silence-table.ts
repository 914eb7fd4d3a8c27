import { nameOfSilence } from '../../model/alert-name.ts';
import { duration } from '../../model/duration.ts';
import type { Silence } from '../../model/silence.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from '../view/table.ts';
import { whenOf } from '../view/time.ts';
import { whoText } from '../view/who-text.ts';

const columns: readonly Column[] = [
  { title: 'SILENCED', least: 10 },
  { title: 'UNTIL' },
  { title: 'LEFT', align: 'right', optional: 3 },
  { title: 'BY', least: 8, optional: 1 },
  { title: 'REASON', least: 12 },
  { title: 'ID', optional: 2 },
];

/** What a silence is about, printable: SERVER:NAME where it is of one server. */
export const silencedText = (silence: Pick<Silence, 'session' | 'server'>): string =>
  printable(nameOfSilence(silence) ?? 'everything');

const rowOf = (silence: Silence, now: number): Cell[] => [
  { text: silencedText(silence), style: 'bold' },
  { text: whenOf(silence.until, now) },
  { text: duration(silence.until - now), style: 'dim' },
  { text: printable(whoText(silence.by)) },
  { text: printable(silence.reason) },
  { text: printable(silence.silence), style: 'dim' },
];

/** Silences, the first to end first. */
export const silenceTable = (
  silences: readonly Silence[],
  now: number,
  terminal: Terminal,
): string[] =>
  table(
    columns,
    [...silences].sort((a, b) => a.until - b.until).map((silence) => rowOf(silence, now)),
    terminal,
  );

import { signalName } from '../explain/signals.ts';
import type { End } from '../model/recovery-state.ts';
import { prologueLine } from '../model/screen/prologue-line.ts';
import type { State } from '../model/state.ts';
import { printable, printableLines } from '../model/text/printable.ts';

/** Of the old screen, lines and the characters of each. */
const maxLines = 40;
const maxWidth = 500;
/** A terminal takes so much before anybody reads (tty buffers of 4 KiB, of which several may wait). Bytes. */
const maxBytes = 8 * 1024;

/** What is above it is what was before. */
const causeOf = (state: State, { incident, exit }: End): string => {
  const known = state.incidents[incident ?? '']?.verdict;
  if (known) return known.summary;
  if (exit?.signal) return `ended by ${signalName(exit.signal)}`;
  return exit ? `exit status ${exit.status}` : 'the cause is not known yet';
};

const timeOf = (ms: number): string => new Date(ms).toTimeString().slice(0, 8);

/** The last of them that fit. */
const lastLines = (lines: readonly string[]): string[] => {
  const kept = lines.slice(-maxLines);
  while (Buffer.byteLength(kept.join('\r\n')) > maxBytes) kept.shift();
  return kept;
};

/** What a new life begins with: the tail of the old screen, and a line on what happened. Terminal text, lines end in CR LF. */
export const prologue = (state: State, end: End, screen: string | null, now: number): string => {
  const old = printableLines(screen ?? '')
    .map((line) => line.slice(0, maxWidth).trimEnd())
    .join('\n')
    .replace(/\n+$/, '')
    .split('\n');
  const incident = end.incident === undefined ? '' : `; holdfast why ${end.incident}`;
  const what = printable(causeOf(state, end)).slice(0, maxWidth);
  const line = `${prologueLine}${timeOf(end.at)}: ${what}${incident}; back ${timeOf(now)} --`;
  const kept = lastLines(old).join('\r\n');
  const tail = kept === '' ? '' : `\x1b[2m${kept}\x1b[0m\r\n`;
  return `${tail}\x1b[7m${line}\x1b[0m\r\n`;
};

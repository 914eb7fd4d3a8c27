import { duration } from '../../model/duration.ts';
import type { DeathRecord, ScreenRef } from '../../model/events/death.ts';
import { printable, printableLines } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { box } from '../view/box.ts';

interface Screen {
  ref: ScreenRef;
  /** Without the blank lines at its end. */
  text: string;
}

const countLines = (text: string): number => text.split('\n').length;

/**
 * The screen of the pane that said most at the end.
 * @param texts whole screens by blob; where one is missing, the tail kept in the record stands in.
 */
export const lastScreen = (
  death: DeathRecord,
  texts: ReadonlyMap<string, string>,
): Screen | null => {
  const screens = death.screens.map((ref) => ({
    ref,
    text: (texts.get(ref.blob) ?? ref.tail).trimEnd(),
  }));
  const [fullest] = screens.sort((a, b) => countLines(b.text) - countLines(a.text));
  return fullest && printable(fullest.text).trim() !== '' ? fullest : null;
};

/** The last `most` lines of it in a box. */
export const screenLines = (
  death: DeathRecord,
  texts: ReadonlyMap<string, string>,
  most: number,
  width: number,
  terminal: Terminal,
): string[] => {
  const screen = lastScreen(death, texts);
  if (!screen) return [];
  const { ref, text } = screen;
  const before = duration(Math.max(0, death.found - ref.takenAt));
  const what = death.unit ? `last lines of ${death.unit.name}` : `last screen of ${ref.pane}`;
  const title = printable(`${what}, ${before} before`);
  const shown = printableLines(text).slice(-most);
  return box(title, shown, width - 2, terminal).map((line) => `  ${line}`);
};

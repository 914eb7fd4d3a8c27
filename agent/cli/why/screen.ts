import { duration } from '../../model/duration.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import { printable, printableLines } from '../../model/printable.ts';

export interface LastScreen {
  title: string;
  /** Printable, without the blank lines at its end. */
  lines: string[];
}

/**
 * The screen of the pane that said most at the end.
 * @param texts whole screens by blob; where one is missing, the tail kept in the record stands in.
 */
export const lastScreen = (
  death: DeathRecord,
  texts: ReadonlyMap<string, string>,
): LastScreen | null => {
  const screens = death.screens.map((ref) => ({
    ref,
    lines: printableLines((texts.get(ref.blob) ?? ref.tail).trimEnd()),
  }));
  const [fullest] = screens.sort((a, b) => b.lines.length - a.lines.length);
  if (!fullest || fullest.lines.every((line) => line.trim() === '')) return null;
  const { ref, lines } = fullest;
  const before = duration(Math.max(0, death.found - ref.takenAt));
  return { title: printable(`last screen of ${ref.pane}, ${before} before`), lines };
};

import { plainScreen } from '../../model/screen/screen-text.ts';
import { printable } from '../../model/text/printable.ts';
import { shortened } from '../../model/text/shortened.ts';
import type { JournalEntry } from '../sources/parse/journal-entry.ts';

/** The last ones say why it ended; a page has room for ten. */
export const mostLines = 20;

/** What is beyond is cut, characters: all of it is then less than 20 KB of UTF-8, whatever it holds. */
export const maxLine = 300;

/** journalctl writes null for what is longer, bytes (`JSON_THRESHOLD`, src/shared/logs-show.c of systemd). */
const maxMessage = 4096;

const tooLong = '(a line too long for journalctl to show)';

/** Escapes go as those of a screen do, which takes no longer than the text is. */
const lineOf = ({ fields }: JournalEntry): string => {
  const message = fields.get('MESSAGE');
  if (message === undefined || message.length > maxMessage) return tooLong;
  return printable(plainScreen(message));
};

/**
 * What a unit wrote, by its entries in the journal: hostile text made safe for a terminal, a line each. Secrets go before
 * lines are cut, for half of one is not known for a secret. Empty: nothing that can be seen.
 */
export const outputText = (
  entries: readonly JournalEntry[],
  redact: (text: string) => string,
): string => {
  const lines = entries
    .slice(-mostLines)
    .map(lineOf)
    .filter((line) => line.trim() !== '');
  const shown = redact(lines.join('\n')).split('\n');
  return shown.map((line) => shortened(line, maxLine)).join('\n');
};

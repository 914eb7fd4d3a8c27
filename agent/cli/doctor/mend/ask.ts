import { createInterface } from 'node:readline/promises';
import { printable } from '../../../model/text/printable.ts';
import type { Terminal } from '../../frame/terminal.ts';

/** Asks a person at the terminal; what is not a clear yes is a no. */
export const askPerson =
  (input: NodeJS.ReadStream, terminal: Terminal) =>
  async (title: string): Promise<boolean> => {
    terminal.write(`do this about "${printable(title)}"? [y/N] `);
    const lines = createInterface({ input, terminal: false });
    try {
      const answer = await Promise.race([
        lines.question(''),
        new Promise<string>((resolve) => void lines.once('close', () => resolve(''))),
      ]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  };

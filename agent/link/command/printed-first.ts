import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';

/** One word in every shell people log in with, fish among them, for which a backslash in quotes is something else. */
const quoted = (text: string): string =>
  `'${text.replace(/['\\]/g, (character) => (character === "'" ? `'"'"'` : `'"\\\\"'`))}'`;

/** What a pane runs to print a file, once, and become its program: the agent knows it by this name. */
const mark = '.prologue-';

export interface PrintedFirst {
  command: string;
  /** The pane could not be made: nobody prints it. */
  discard(): Promise<void>;
}

/**
 * The command that prints `text` and then becomes `command`. The text is in a file beside the socket, which is the
 * owner's: it is gone once it is printed. Null where it cannot be written: a session is worth more than its first lines.
 */
export const printedFirst = async (
  socket: string,
  text: string,
  command: string,
): Promise<PrintedFirst | null> => {
  const file = `${socket}${mark}${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  } catch {
    return null;
  }
  return {
    command: `cat ${quoted(file)} 2>/dev/null; rm -f ${quoted(file)}; exec "$SHELL" -c ${quoted(command)}`,
    discard: () => rm(file, { force: true }).catch(() => undefined),
  };
};

import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { randomHex } from '../../os/random-hex.ts';

/** One word in every shell people log in with, fish among them, for which a backslash in quotes is something else. */
const quoted = (text: string): string =>
  `'${text.replace(/['\\]/g, (character) => (character === "'" ? `'"'"'` : `'"\\\\"'`))}'`;

/** What a pane runs to print a file, once, and become its program: the agent knows it by this name. */
const mark = '.prologue-';

/** Nobody prints what is older, ms: its pane was gone first. */
const oldMs = 60_000;

const removeOld = async (file: string): Promise<void> => {
  const { mtimeMs } = await stat(file);
  if (Date.now() - mtimeMs > oldMs) await rm(file, { force: true });
};

/** Each for itself: one may be gone meanwhile, or another user's. */
const sweep = async (beside: string): Promise<void> => {
  const [directory, start] = [dirname(beside), `${basename(beside)}${mark}`];
  const names = await readdir(directory);
  const ours = names.filter((name) => name.startsWith(start));
  await Promise.allSettled(ours.map((name) => removeOld(join(directory, name))));
};

/** The first place that takes it: as a service a sandbox may keep the socket's directory read-only. */
const written = async (places: readonly string[], text: string): Promise<string | null> => {
  for (const place of places) {
    const file = `${place}${mark}${randomHex(6)}`;
    try {
      await writeFile(file, text, { mode: 0o600, flag: 'wx' });
      await sweep(place).catch(() => undefined);
      return file;
    } catch {
      // The next one may.
    }
  }
  return null;
};

export interface PrintedFirst {
  command: string;
  /** The pane could not be made: nobody prints it. */
  discard(): Promise<void>;
}

/**
 * The command that prints `text` and then becomes `command`. The text is in a file beside the socket, or among
 * temporary files: it is gone once it is printed. Null where it cannot be written: a session is worth more than its first lines.
 */
export const printedFirst = async (
  socket: string,
  text: string,
  command: string,
): Promise<PrintedFirst | null> => {
  const file = await written([socket, join(tmpdir(), 'holdfast')], text);
  if (file === null) return null;
  return {
    command: `cat ${quoted(file)} 2>/dev/null; rm -f ${quoted(file)}; exec "$SHELL" -c ${quoted(command)}`,
    discard: () => rm(file, { force: true }).catch(() => undefined),
  };
};

import { open, readFile, rename, rm } from 'node:fs/promises';
import type { ScreenSample } from '../../../model/samples.ts';

/** What a pane showed, redacted. */
export type ScreenEntry = [life: string, pane: string, screen: ScreenSample];

/** One after the other: all of them are no text in memory besides the screens themselves. */
const fill = async (path: string, entries: readonly ScreenEntry[]): Promise<void> => {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile('[');
  for (const [index, entry] of entries.entries()) {
    await file.writeFile(`${index > 0 ? ',\n' : ''}${JSON.stringify(entry)}`);
  }
  await file.writeFile(']');
  await file.datasync();
};

/**
 * A machine that loses its power, and a disk that is full, keep the file or the one before, and a full disk nothing besides.
 * Rejects with the error of the file system.
 */
export const writeScreens = async (
  path: string,
  entries: readonly ScreenEntry[],
): Promise<void> => {
  const temporary = `${path}.tmp`;
  // Of a run that ended while it wrote.
  await rm(temporary, { force: true });
  try {
    await fill(temporary, entries);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
};

const isScreen = (value: unknown): value is ScreenSample => {
  const { text, shown, takenAt } = (value ?? {}) as Partial<ScreenSample>;
  // What is not finite is null in JSON: all of it is on the terminal.
  return (
    typeof text === 'string' &&
    (shown === null || typeof shown === 'number') &&
    typeof takenAt === 'number'
  );
};

const entryOf = (value: unknown): ScreenEntry[] => {
  const [life, pane, screen] = Array.isArray(value) ? value : [];
  if (typeof life !== 'string' || typeof pane !== 'string' || !isScreen(screen)) return [];
  return [[life, pane, { ...screen, shown: screen.shown ?? Number.POSITIVE_INFINITY }]];
};

/** Rejects where it cannot be read; what in it is no screen is left out. */
export const readScreens = async (path: string): Promise<ScreenEntry[]> => {
  const entries: unknown = JSON.parse(await readFile(path, 'utf8'));
  return Array.isArray(entries) ? entries.flatMap(entryOf) : [];
};

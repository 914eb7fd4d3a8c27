import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecalled } from './recalled-shape.ts';
import type { Recalled } from './recollection.ts';

/** Two files of this size hold far more than an hour of a quiet machine, and bound a busy one. */
const maxBytes = 2 * 1024 * 1024;

/** Evidence of the last hour, and of one more for whoever is slow to start again; ms. */
const keptMs = 2 * 3_600_000;

/** The first is written at once, what follows within so long together, ms: no more than that is lost with a crash. */
const gatherMs = 500;

type Line = { entry: Recalled } | 'torn' | 'unknown';

/** A crash or a full disk cut it off, or a witness of another release wrote it: both are left out. */
const parseLine = (line: string): Line => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecalled(value) ? { entry: value } : 'unknown';
  } catch {
    return 'torn';
  }
};

const entriesOf = (lines: readonly Line[]): Recalled[] =>
  lines.flatMap((line) => (typeof line === 'object' ? line.entry : []));

/** Where another release wrote some, nothing is missing from the first on that comes after those. */
const readableSince = (lines: readonly Line[], now: number): number => {
  const last = lines.lastIndexOf('unknown');
  if (last < 0) return 0;
  return entriesOf(lines.slice(last + 1))[0]?.fact.at ?? now;
};

export interface Kept {
  /** Oldest first. */
  entries: Recalled[];
  /** Of the time before some may be missing, ms since the epoch; not told of is what a crash or a full disk took. */
  since: number;
}

const linesOf = (path: string): Promise<string[]> =>
  readFile(path, 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );

/** Keeps what is remembered on disk, so that neither a crash nor a reboot takes it. A full disk loses it, and nothing else. */
export const createRecentFile = (directory: string, onTrouble: (cause: unknown) => void) => {
  const path = join(directory, 'recent.jsonl');
  const older = join(directory, 'recent.1.jsonl');
  let waiting = '';
  // A line that a crash or a full disk cut off ends where the next begins.
  let torn = true;
  let timer: NodeJS.Timeout | undefined;
  let writtenAt = 0;
  let troubled = false;
  let isWhole = true;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text === '') return;
    writtenAt = Date.now();
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > maxBytes) await rename(path, older);
    const begin = torn ? '\n' : '';
    torn = true;
    await appendFile(path, begin + text, { mode: 0o600, flush: true });
    torn = false;
    troubled = false;
  };

  /** Told once, however long it lasts. */
  const tell = (cause: unknown): void => {
    if (!troubled) onTrouble(cause);
    troubled = true;
    isWhole = false;
  };

  const flush = (): Promise<void> => {
    timer = undefined;
    writing = writing.then(write).catch(tell);
    return writing;
  };

  return {
    /** What was kept, and of which time that is all. */
    async read(now: number): Promise<Kept> {
      const before = (await linesOf(older)).map(parseLine);
      const lines = [...before, ...(await linesOf(path)).map(parseLine)];
      const from = now - keptMs;
      // Another file may have been in the place of the older one.
      const [first] = entriesOf(before);
      return {
        entries: entriesOf(lines).filter(({ fact }) => fact.at > from),
        since: Math.max(from, first?.fact.at ?? 0, readableSince(lines, now)),
      };
    },
    /** All that was to be kept is on disk, as far as it was written. */
    isWhole: () => isWhole,
    keep(entry: Recalled): void {
      if (waiting.length < maxBytes) waiting += `${JSON.stringify(entry)}\n`;
      else isWhole = false;
      const due = Math.max(0, Math.min(gatherMs, writtenAt + gatherMs - Date.now()));
      timer ??= setTimeout(() => void flush(), due);
    },
    async close(): Promise<void> {
      clearTimeout(timer);
      await flush();
    },
  };
};

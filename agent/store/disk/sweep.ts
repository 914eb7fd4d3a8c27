import { readdirSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

interface BlobFile {
  file: string;
  bytes: number;
  /** When it was last stored, ms since the epoch. */
  usedAt: number;
}

const entries = (dir: string): string[] => {
  try {
    return readdirSync(dir).map((name) => join(dir, name));
  } catch {
    return [];
  }
};

const filesBelow = (dir: string): BlobFile[] =>
  entries(dir)
    .flatMap(entries)
    .flatMap((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? [{ file, bytes: stat.size, usedAt: stat.mtimeMs }] : [];
    });

const remove = (file: string): void => {
  try {
    unlinkSync(file);
    rmdirSync(dirname(file));
    rmdirSync(dirname(dirname(file)));
  } catch {
    // Not empty yet, or already gone.
  }
};

/** The blobs on disk, oldest first, to be deleted in step with the events that refer to them. */
export interface Sweep {
  /** Space the blobs that are left use, bytes. */
  bytes(): number;
  /** Deletes those last stored before `cutoff`, temporary files of a killed writer among them. */
  deleteBefore(cutoff: number): void;
}

/** Lists what is below `dir`; gives other work a turn after each of its at most 256 directories. */
export const startSweep = async (dir: string): Promise<Sweep> => {
  const files: BlobFile[] = [];
  for (const part of entries(dir)) {
    files.push(...filesBelow(part));
    await setImmediate();
  }
  files.sort((a, b) => b.usedAt - a.usedAt);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    bytes: () => bytes,
    deleteBefore(cutoff) {
      for (let last = files.at(-1); last && last.usedAt < cutoff; last = files.at(-1)) {
        files.pop();
        // Stored again since it was listed: in use.
        if ((statSync(last.file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= cutoff) continue;
        remove(last.file);
        bytes -= last.bytes;
      }
    },
  };
};

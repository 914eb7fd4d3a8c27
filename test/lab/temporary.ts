import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directories = new Set<string>();

const remove = (directory: string): void => {
  rmSync(directory, { recursive: true, force: true });
  directories.delete(directory);
};

// Also where a run is interrupted: a package in there has a hundred megabytes.
process.once('exit', () => directories.forEach(remove));

/** A directory of this host for as long as the work lasts. */
export const inTemporaryDirectory = async <T>(
  work: (directory: string) => Promise<T>,
): Promise<T> => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-lab-'));
  directories.add(directory);
  try {
    return await work(directory);
  } finally {
    remove(directory);
  }
};

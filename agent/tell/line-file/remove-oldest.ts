import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const writtenAt = (path: string): Promise<number> =>
  lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );

/**
 * Where a directory has more than `max` files, those written last stay: nine tenths of `max`, so that there is room for
 * a while. Never rejects.
 */
export const removeOldest = async (directory: string, max: number): Promise<void> => {
  const names = await readdir(directory).catch(() => []);
  if (names.length <= max) return;
  const files = [];
  // One after the other: thousands at once would take every thread of the pool.
  for (const name of names) {
    const path = join(directory, name);
    files.push({ path, at: await writtenAt(path) });
  }
  files.sort((a, b) => b.at - a.at);
  for (const { path } of files.slice(Math.floor(max * 0.9))) {
    await rm(path, { force: true }).catch(() => undefined);
  }
};

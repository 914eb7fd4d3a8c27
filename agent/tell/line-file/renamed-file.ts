import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '../make-directory.ts';
import { type LineFile, logFileMode } from './line-file.ts';
import { cutTornLine } from './torn-line.ts';

const openWhole = async (path: string) => {
  await makeDirectory(dirname(path));
  const handle = await open(path, 'a+', logFileMode);
  try {
    await cutTornLine(handle);
    return handle;
  } catch (cause) {
    await handle.close();
    throw cause;
  }
};

/**
 * A log of at most `maxBytes` and its predecessor: a full `path` is renamed to `path.1`. The name of
 * the newest file never changes, and other files in the directory do not matter.
 */
export const openRenamedFile = async (path: string, maxBytes: number): Promise<LineFile> => {
  let handle = await openWhole(path);

  const roll = async (): Promise<void> => {
    await rename(path, `${path}.1`);
    const full = handle;
    handle = await openWhole(path);
    await full.close();
  };

  /** The size now: others may have truncated or removed the file. */
  const measure = async (): Promise<number> => {
    const { size, nlink } = await handle.stat();
    if (nlink === 0) throw new Error(`${path} was removed`);
    return size;
  };

  return {
    async append(text) {
      const before = await measure();
      if (before > 0 && before + Buffer.byteLength(text) > maxBytes) await roll();
      const size = await measure();
      try {
        await handle.appendFile(text);
      } catch (cause) {
        await handle.truncate(size).catch(() => {});
        throw cause;
      }
    },
    close: () => handle.close(),
  };
};

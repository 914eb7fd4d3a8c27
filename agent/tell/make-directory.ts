import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../model/failure.ts';

/**
 * Makes `path` and what lies above it; true when `path` was not there. Node's own recursive mkdir says
 * ENOENT of a read-only file system, which would send people looking for the wrong thing.
 * @throws what the file system says.
 */
export const makeDirectory = async (path: string, mode?: number): Promise<boolean> => {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    if (codeOf(cause) !== 'ENOENT' || dirname(path) === path) throw cause;
  }
  await makeDirectory(dirname(path), mode);
  return makeDirectory(path, mode);
};

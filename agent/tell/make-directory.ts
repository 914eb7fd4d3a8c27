import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;

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
    if (isCode(cause, 'EEXIST')) return false;
    if (!isCode(cause, 'ENOENT') || dirname(path) === path) throw cause;
  }
  await makeDirectory(dirname(path), mode);
  return makeDirectory(path, mode);
};

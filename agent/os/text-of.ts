import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** What the kernel shows in a file; null where it is not there, or no more. */
export const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/**
 * The first bytes of it, however much there is: arguments of a process may be megabytes, and a piece of a text keeps all of it
 * in memory. In as many calls as the kernel makes of it; null as above.
 */
export const beginningOf = (path: string, bytes: number): string | null => {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const buffer = Buffer.alloc(bytes);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes; length += read) {
      read = readSync(file, buffer, length, bytes - length, null);
    }
    return buffer.toString('utf8', 0, length);
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
};

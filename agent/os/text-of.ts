import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { attempt } from './attempt.ts';

/** What is in a file; null where it is not there, or no more, or not for us. */
export const textOf = (path: string): string | null => attempt(() => readFileSync(path, 'utf8'));

/** In as many calls as the kernel makes of it. A process that ends meanwhile has told what it has told. @returns bytes */
const fill = (file: number, buffer: Buffer, read: typeof readSync): number => {
  let length = 0;
  try {
    for (let more = -1; more !== 0 && length < buffer.length; length += more) {
      more = read(file, buffer, length, buffer.length - length, null);
    }
  } catch (cause) {
    if (length === 0) throw cause;
  }
  return length;
};

/**
 * The first bytes of it, however much there is: arguments of a process may be megabytes, and a piece of a text keeps all of it
 * in memory. Null as above.
 */
export const beginningOf = (path: string, bytes: number, read = readSync): string | null => {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const buffer = Buffer.alloc(bytes);
    return buffer.toString('utf8', 0, fill(file, buffer, read));
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
};

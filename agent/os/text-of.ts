import { readFileSync } from 'node:fs';

/** What the kernel shows in a file; null where it is not there, or no more. */
export const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

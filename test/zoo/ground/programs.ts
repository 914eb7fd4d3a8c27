import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** The system's own first: what stands before them on somebody's PATH may be a script around them. */
const folders = [
  ...['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'],
  ...(process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/')),
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where a program of this name is; null: it is not installed. */
export const findProgram = (name: string): string | null =>
  folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;

/** @throws Error where it is not installed: a way says what it needs. */
export const program = (name: string): string => {
  const path = findProgram(name);
  if (path === null) throw new Error(`there is no program ${name}`);
  return path;
};

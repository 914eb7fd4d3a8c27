import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BlobText } from '../messages.ts';

const fileOf = (dir: string, name: string): string =>
  join(dir, name.slice(0, 2), name.slice(2, 4), name);

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? -1;

/** Stores a blob, or marks the one that is there as used just now, so that retention keeps it. */
export const writeBlob = (dir: string, { name, text }: BlobText, now: Date): void => {
  const file = fileOf(dir, name);
  // After a power cut a renamed file may be empty: then it is written again.
  if (sizeOf(file) === Buffer.byteLength(text)) {
    utimesSync(file, now, now);
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.tmp`, text, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
};

/** Null when there is no such blob. Whether it is what was stored, its name tells. */
export const readBlob = (dir: string, name: string): string | null => {
  if (!/^[0-9a-f]{64}$/.test(name)) return null;
  const file = fileOf(dir, name);
  if (sizeOf(file) === -1) return null;
  return readFileSync(file, 'utf8');
};

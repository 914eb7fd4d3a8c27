import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BlobText } from './messages.ts';

/** Longer texts keep their end: the last lines of a screen tell more than the first. */
export const maxBlobBytes = 64 * 1024;

/** SHA-256 of a text, hex: the name of its blob. */
export const blobName = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The last `maxBlobBytes` of a text, cut between characters. */
export const boundedText = (text: string): string => {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBlobBytes) return text;
  let start = bytes.length - maxBlobBytes;
  // Bytes 10xxxxxx continue a UTF-8 character.
  while ((Number(bytes[start]) & 0xc0) === 0x80) start += 1;
  return bytes.toString('utf8', start);
};

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

/** Null when there is no such blob, or what is there is not what was stored. */
export const readBlob = (dir: string, name: string): string | null => {
  if (!/^[0-9a-f]{64}$/.test(name)) return null;
  const file = fileOf(dir, name);
  if (sizeOf(file) === -1) return null;
  const text = readFileSync(file, 'utf8');
  return blobName(text) === name ? text : null;
};

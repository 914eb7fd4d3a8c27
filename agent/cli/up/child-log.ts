import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

/** A log larger than this at a start is kept as `.1`, and the one before it is gone. Bytes. */
const maxBytes = 5 * 1024 * 1024;

/** Opens the log of a child for appending; lines may hold names and paths, so only the owner reads it. */
export const openChildLog = (file: string): WriteStream => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxBytes) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // A full disk must not end the supervision; warnings are shown all the same.
  stream.on('error', () => undefined);
  return stream;
};

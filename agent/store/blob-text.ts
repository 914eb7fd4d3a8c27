import { createHash } from 'node:crypto';

/** The part of blobs for the agent's own thread: in the store's, too, node:crypto would take memory. */

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

import { createHash } from 'node:crypto';

/** Below the 255 bytes of most file systems, with room for the suffix. */
const maxBytes = 200;
const hashDigits = 16;

/** What is kept: letters, digits and marks of any script, and three signs; never a dot in front. */
const unsafe = /[^\p{L}\p{N}\p{M}_.-]|^\./gu;

const percentBytes = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** Whole characters only, and no half of an escape. */
const cutTo = (text: string, bytes: number): string => {
  let kept = '';
  let used = 0;
  for (const [part] of text.matchAll(/%[0-9A-F]{2}|./gsu)) {
    used += Buffer.byteLength(part);
    if (used > bytes) break;
    kept += part;
  }
  return kept;
};

/**
 * The file in sessions.d for a session of any name: percent-encoded, and past 200 bytes cut, with a hash
 * behind a `~`, which no encoded name holds. Two names never share a file.
 */
export const declarationFileName = (session: string): string => {
  const encoded = session.replace(unsafe, percentBytes);
  if (Buffer.byteLength(encoded) <= maxBytes) return `${encoded}.yaml`;
  const hash = createHash('sha256').update(session).digest('hex').slice(0, hashDigits);
  return `${cutTo(encoded, maxBytes - hashDigits - 1)}~${hash}.yaml`;
};

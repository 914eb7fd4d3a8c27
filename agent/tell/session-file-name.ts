import { createHash } from 'node:crypto';
import { cutBytes } from './cut-bytes.ts';

/** Below the 255 bytes of most file systems, with room for `.log.1`. */
const maxBytes = 190;
const hashDigits = 16;
/** Never kept from a name, so that no changed name can equal an unchanged one. */
const mark = '~';

const unsafe = /[^\p{L}\p{N}\p{M}._-]/gu;
/** Not hidden, not an option, not joined to what stands before it. */
const unsafeStart = /^[^\p{L}\p{N}_]/u;

/** UTF-16, because UTF-8 makes all lone surrogates the same. */
const hashOf = (session: string): string =>
  createHash('sha256').update(session, 'utf16le').digest('hex').slice(0, hashDigits);

/**
 * The file of a session's log: its name where that is safe, else what is readable of it and a hash.
 * Two sessions never share a file. At most 194 bytes, so that a rotated one stays below 200.
 */
export const sessionFileName = (session: string): string => {
  const readable = session.replace(unsafe, '_').replace(unsafeStart, '_');
  if (readable === session && session !== '' && Buffer.byteLength(session) <= maxBytes) {
    return `${session}.log`;
  }
  const room = maxBytes - hashDigits - mark.length;
  return `${cutBytes(readable, room)}${mark}${hashOf(session)}.log`;
};

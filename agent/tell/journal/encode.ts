import type { Entry, Field } from './entry.ts';

/** Far below what one datagram may be: 208 KiB where the kernel's defaults hold (socket(7), wmem_default). */
export const maxEntryBytes = 32 * 1024;

/** What journald takes of ordinary senders; a name that begins with `_` is its own. */
const fieldName = /^[A-Z][A-Z0-9_]{0,63}$/;

const lengthOf = (bytes: number): Buffer => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes));
  return length;
};

/** `NAME=value`, or where the value has lines of its own: the name, its length as 64 bits, the value. */
const encodeField = ([name, value]: Field): Buffer => {
  if (!value.includes('\n')) return Buffer.from(`${name}=${value}\n`);
  const bytes = Buffer.from(value);
  return Buffer.concat([
    Buffer.from(`${name}\n`),
    lengthOf(bytes.length),
    bytes,
    Buffer.from('\n'),
  ]);
};

/**
 * An entry in the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL). Whatever a value holds, it is
 * no other field. A field that no longer fits is left out, and so is one whose name journald would not take.
 */
export const encode = (entry: Entry): Buffer => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for (const field of entry) {
    if (!fieldName.test(field[0])) continue;
    const part = encodeField(field);
    if (bytes + part.length > maxEntryBytes) continue;
    bytes += part.length;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

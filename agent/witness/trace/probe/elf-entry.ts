/** Offsets in a little-endian 64-bit ELF file (elf(5)). */
const magic = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
const entryAt = 24;
const programHeadersAt = 32;
const headerSizeAt = 54;
const headerCountAt = 56;
const PT_LOAD = 1;
const PF_X = 1;

/**
 * Where in its file the first instruction of a program is. Null for what is no such program, a script for example.
 * @param head the beginning of the file, with its program headers
 */
export const entryOffset = (head: Buffer): number | null => {
  if (head.length < 64 || !head.subarray(0, magic.length).equals(magic)) return null;
  const entry = Number(head.readBigUInt64LE(entryAt));
  const table = Number(head.readBigUInt64LE(programHeadersAt));
  const size = head.readUInt16LE(headerSizeAt);
  for (let i = 0; i < head.readUInt16LE(headerCountAt); i += 1) {
    const at = table + i * size;
    if (at + 40 > head.length) return null;
    const isCode = head.readUInt32LE(at) === PT_LOAD && (head.readUInt32LE(at + 4) & PF_X) !== 0;
    const offset = Number(head.readBigUInt64LE(at + 8));
    const address = Number(head.readBigUInt64LE(at + 16));
    const bytes = Number(head.readBigUInt64LE(at + 32));
    if (isCode && entry >= address && entry < address + bytes) return entry - address + offset;
  }
  return null;
};

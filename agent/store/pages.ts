import { pageSize } from './database.ts';

/**
 * Reads rows out of pages of an SQLite file without SQLite, which gives up at the first thing wrong.
 * Pure. Format: https://sqlite.org/fileformat2.html (b-tree pages, record format).
 */

export type Value = number | string | null;

/** Gives a page by its number, counted from 1; undefined where there is none. */
export type PageSource = (page: number) => Buffer | undefined;

/** The first byte of a b-tree page that is a leaf of a table. */
const tableLeaf = 0x0d;

/** No row of ours comes near; a longer one is damage. */
const maxRowBytes = 16 * 1024 * 1024;

interface Cursor {
  bytes: Buffer;
  at: number;
}

/** A variable-length integer: up to nine bytes, seven bits each. */
const varint = (cursor: Cursor): number => {
  let value = 0;
  for (let i = 0; i < 9; i += 1) {
    const byte = cursor.bytes[cursor.at++] ?? 0;
    if (i === 8) return value * 256 + byte;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  return value;
};

const integerBytes = [0, 1, 2, 3, 4, 6, 8] as const;

const integer = (cursor: Cursor, size: number): number => {
  const { bytes, at } = cursor;
  cursor.at += size;
  if (size === 8) return Number(bytes.readBigInt64BE(at));
  return bytes.readIntBE(at, size);
};

/** One column, by its serial type; throws RangeError past the end of the row. */
const column = (cursor: Cursor, type: number): Value => {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  const size = integerBytes[type];
  if (size !== undefined) return integer(cursor, size);
  const length = Math.floor((type - 12) / 2);
  const end = cursor.at + length;
  // Ours are integers and texts: an even type is a blob, 7 is a real number, 10 and 11 are not used.
  if (type < 13 || type % 2 === 0 || end > cursor.bytes.length) throw new RangeError('not our row');
  const text = cursor.bytes.toString('utf8', cursor.at, end);
  cursor.at = end;
  return text;
};

/** The columns of a record; null when it is not one. */
export const decodeRecord = (bytes: Buffer): Value[] | null => {
  try {
    const header = { bytes, at: 0 };
    const end = varint(header);
    if (end > bytes.length) return null;
    const body = { bytes, at: end };
    const values: Value[] = [];
    while (header.at < end) values.push(column(body, varint(header)));
    return values;
  } catch {
    return null;
  }
};

/** How much of a row lies on the leaf itself; the rest is on a chain of overflow pages. */
const localBytes = (length: number): number => {
  const most = pageSize - 35;
  if (length <= most) return length;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (pageSize - 4));
  return fitting <= most ? fitting : least;
};

/** The whole row that starts on a leaf; shorter than `length` where its chain is broken. */
const payload = (start: Cursor, length: number, pages: PageSource): Buffer => {
  const local = localBytes(length);
  const parts = [start.bytes.subarray(start.at, start.at + local)];
  let missing = length - local;
  let from: { page: Buffer | undefined; at: number } = { page: start.bytes, at: start.at + local };
  while (missing > 0) {
    if (!from.page || from.at + 4 > from.page.length) break;
    from = { page: pages(from.page.readUInt32BE(from.at)), at: 0 };
    if (from.page) parts.push(from.page.subarray(4, 4 + Math.min(missing, pageSize - 4)));
    missing -= pageSize - 4;
  }
  return Buffer.concat(parts);
};

/** A row of any table: its rowid, and its columns as stored (a rowid's own column is null). */
export interface Row {
  rowid: number;
  values: Value[];
}

const readCell = (leaf: Buffer, at: number, pages: PageSource): Row | null => {
  const cursor = { bytes: leaf, at };
  const length = varint(cursor);
  const rowid = varint(cursor);
  if (length > maxRowBytes || !Number.isSafeInteger(rowid)) return null;
  const bytes = payload(cursor, length, pages);
  const values = bytes.length === length ? decodeRecord(bytes) : null;
  return values && { rowid, values };
};

/** Every row that can still be read from one page; none when it is not a leaf of a table. */
export function* rowsOfPage(page: number, pages: PageSource): Generator<Row> {
  const leaf = pages(page);
  // The first page begins with the header of the file.
  const header = page === 1 ? 100 : 0;
  if (leaf?.length !== pageSize || leaf[header] !== tableLeaf) return;
  const cells = Math.min(leaf.readUInt16BE(header + 3), (pageSize - header - 8) / 2);
  for (let cell = 0; cell < cells; cell += 1) {
    const at = leaf.readUInt16BE(header + 8 + 2 * cell);
    const row = at < pageSize ? readCell(leaf, at, pages) : null;
    if (row) yield row;
  }
}

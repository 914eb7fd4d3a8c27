import { pageSize } from '../database.ts';

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

/** Bytes of a column by its serial type; NaN for what our tables never hold: real numbers and blobs. */
const columnBytes = (type: number): number => {
  if (type >= 13 && type % 2 === 1) return (type - 13) / 2;
  return [0, 1, 2, 3, 4, 6, 8, Number.NaN, 0, 0][type] ?? Number.NaN;
};

interface Header {
  bytes: number;
  types: number[];
  /** Of the whole record, NaN when it is not one of ours. */
  length: number;
}

const decodeHeader = (bytes: Buffer): Header => {
  const cursor = { bytes, at: 0 };
  const end = varint(cursor);
  const types: number[] = [];
  while (cursor.at < Math.min(end, bytes.length)) types.push(varint(cursor));
  const length = types.reduce((sum, type) => sum + columnBytes(type), end);
  return { bytes: end, types, length: cursor.at === end ? length : Number.NaN };
};

const column = (bytes: Buffer, at: number, type: number): Value => {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 6) return Number(bytes.readBigInt64BE(at));
  const size = columnBytes(type);
  return type < 6 ? bytes.readIntBE(at, size) : bytes.toString('utf8', at, at + size);
};

/** The columns of a record; null when it is not one of ours. */
export const decodeRecord = (bytes: Buffer): Value[] | null => {
  const header = decodeHeader(bytes);
  if (header.length !== bytes.length) return null;
  let at = header.bytes;
  return header.types.map((type) => {
    const value = column(bytes, at, type);
    at += columnBytes(type);
    return value;
  });
};

/** How much of a row lies on the leaf itself; the rest is on a chain of overflow pages. */
const localBytes = (length: number): number => {
  const most = pageSize - 35;
  if (length <= most) return length;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (pageSize - 4));
  return fitting <= most ? fitting : least;
};

/** The rest of a row on its chain of overflow pages; shorter than `missing` where that is broken. */
const overflow = (first: number, missing: number, pages: PageSource): Buffer => {
  const parts: Buffer[] = [];
  let next = first;
  for (let left = missing; left > 0; left -= pageSize - 4) {
    const page = pages(next);
    if (page?.length !== pageSize) break;
    parts.push(page.subarray(4, 4 + Math.min(left, pageSize - 4)));
    next = page.readUInt32BE(0);
  }
  return Buffer.concat(parts);
};

/** The whole record that starts at `at` on a leaf; null when its header does not fit its length. */
const payload = (leaf: Buffer, at: number, length: number, pages: PageSource): Buffer | null => {
  const local = leaf.subarray(at, at + localBytes(length));
  const missing = length - local.length;
  // Looked at before the chain is followed: noise that reads as a long row must not cost its reading.
  if (decodeHeader(local).length !== length) return null;
  if (missing === 0) return local;
  const link = at + local.length;
  if (link + 4 > leaf.length) return null;
  return Buffer.concat([local, overflow(leaf.readUInt32BE(link), missing, pages)]);
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
  const bytes = payload(leaf, cursor.at, length, pages);
  const values = bytes && decodeRecord(bytes);
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

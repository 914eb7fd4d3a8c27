import { pageSize } from '../database.ts';

/** Reads a write-ahead log without SQLite. Pure. Format: https://sqlite.org/fileformat2.html#walformat */

const logHeader = 32;
const frameHeader = 24;
const frameBytes = frameHeader + pageSize;

/** The last bit tells in which order of bytes the checksums read their input. */
const magic = 0x377f0682;

/** Gives the bytes at a position; fewer at the end. */
export type ByteSource = (at: number, length: number) => Buffer;

/** Where in the log the content of a page lies. */
export interface Frames {
  /** The newest of each page up to the last commit. */
  committed: Map<number, number>;
  /** The newest of the rest: what was in the log before it began again, and no checksum vouches for. */
  left: Map<number, number>;
}

type Sum = readonly [number, number];

const addSum = (sum: Sum, bytes: Buffer, bigEndian: boolean): Sum => {
  let [a, b] = sum;
  const word = (at: number) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + word(at) + b) >>> 0;
    b = (b + word(at + 4) + a) >>> 0;
  }
  return [a, b];
};

const isSumAt = ([a, b]: Sum, bytes: Buffer, at: number): boolean =>
  bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;

function* framesOf(read: ByteSource): Generator<{ frame: Buffer; at: number }> {
  for (let at = logHeader; ; at += frameBytes) {
    const frame = read(at, frameBytes);
    if (frame.length < frameBytes) return;
    yield { frame, at: at + frameHeader };
  }
}

/** How far the log holds what was committed: the position after the last such frame. */
const findEnd = (read: ByteSource, committed: Map<number, number>): number => {
  const header = read(0, logHeader);
  let end = 0;
  if (header.length < logHeader || (header.readUInt32BE(0) | 1) !== (magic | 1)) return end;
  const bigEndian = header.readUInt32BE(0) !== magic;
  let sum = addSum([0, 0], header.subarray(0, 24), bigEndian);
  if (header.readUInt32BE(8) !== pageSize || !isSumAt(sum, header, 24)) return end;
  const open = new Map<number, number>();
  for (const { frame, at } of framesOf(read)) {
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sum = addSum(sum, frame.subarray(0, 8), bigEndian);
    sum = addSum(sum, frame.subarray(frameHeader), bigEndian);
    if (!isSumAt(sum, frame, 16)) break;
    open.set(frame.readUInt32BE(0), at);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, position] of open) committed.set(page, position);
    open.clear();
    end = at + pageSize;
  }
  return end;
};

/** Each time the log begins again its first salt grows by one: a greater one is newer. */
const findLeft = (read: ByteSource, end: number): Map<number, number> => {
  const left = new Map<number, number>();
  const salts = new Map<number, number>();
  for (const { frame, at } of framesOf(read)) {
    const page = frame.readUInt32BE(0);
    const salt = frame.readUInt32BE(8);
    if (at < end || salt < (salts.get(page) ?? 0)) continue;
    left.set(page, at);
    salts.set(page, salt);
  }
  return left;
};

export const findFrames = (read: ByteSource): Frames => {
  const committed = new Map<number, number>();
  const end = findEnd(read, committed);
  return { committed, left: findLeft(read, end) };
};

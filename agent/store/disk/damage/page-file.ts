import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../../../model/failure.ts';
import { pageSize } from '../database.ts';
import { type ByteSource, findFrames } from './frames.ts';
import type { PageSource } from './pages.ts';

/**
 * The pages of a database as it was when last committed, from its file and its write-ahead log. What is missing
 * there, as of a file that was cut, is taken from what the log held before it began again.
 */
export interface PageFile {
  pages: PageSource;
  /** Which pages there are; those of the file first. */
  numbers: number[];
  close(): void;
}

interface Bytes {
  read: ByteSource;
  size: number;
  close(): void;
}

const none: Bytes = { read: () => Buffer.alloc(0), size: 0, close: () => undefined };

const openBytes = (file: string): Bytes => {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return none;
    throw error;
  }
  const read: ByteSource = (at, length) => {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(fd, buffer, 0, length, at));
  };
  return { read, size: fstatSync(fd).size, close: () => closeSync(fd) };
};

/** As of a hole that a later write has left in a file that was cut. */
const isBlank = (page: Buffer): boolean => page.every((byte) => byte === 0);

export const openPageFile = (file: string, writeAheadLog: string): PageFile => {
  const database = openBytes(file);
  const log = openBytes(writeAheadLog);
  const { committed, left } = findFrames(log.read);
  const count = Math.floor(database.size / pageSize);
  const inLog = (at: number | undefined): Buffer | undefined =>
    at === undefined ? undefined : log.read(at, pageSize);
  const inFile = (page: number): Buffer | undefined => {
    if (page < 1 || page > count) return undefined;
    const bytes = database.read((page - 1) * pageSize, pageSize);
    return isBlank(bytes) ? undefined : bytes;
  };
  const beyond = new Set([...committed.keys(), ...left.keys()].filter((page) => page > count));
  return {
    numbers: [...Array.from({ length: count }, (_, i) => i + 1), ...beyond],
    pages: (page) => inLog(committed.get(page)) ?? inFile(page) ?? inLog(left.get(page)),
    close() {
      database.close();
      log.close();
    },
  };
};

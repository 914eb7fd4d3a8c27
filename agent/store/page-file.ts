import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { pageSize } from './database.ts';
import type { PageSource } from './pages.ts';

/** Sizes of https://sqlite.org/fileformat2.html, section 4.1; the salts change each time the file is reused. */
const walHeader = 32;
const frameHeader = 24;
const frameBytes = frameHeader + pageSize;

const readAt = (fd: number, position: number, length: number): Buffer => {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, position));
};

/** Where in the write-ahead log the newest copy of each page is. */
const indexFrames = (fd: number): Map<number, number> => {
  const salts = readAt(fd, 16, 8);
  const positions = new Map<number, number>();
  for (let at = walHeader; ; at += frameBytes) {
    const frame = readAt(fd, at, frameHeader);
    if (frame.length < frameHeader || !frame.subarray(8, 16).equals(salts)) return positions;
    positions.set(frame.readUInt32BE(0), at + frameHeader);
  }
};

/** The pages of a database as they lie on disk, those in its write-ahead log before those in the file. */
export interface PageFile {
  pages: PageSource;
  /** Numbers of all pages there may be. */
  numbers(): Iterable<number>;
  close(): void;
}

export const openPageFile = (file: string): PageFile => {
  const fd = openSync(file, 'r');
  const walFd = existsSync(`${file}-wal`) ? openSync(`${file}-wal`, 'r') : null;
  const frames = walFd === null ? new Map<number, number>() : indexFrames(walFd);
  const count = Math.floor(fstatSync(fd).size / pageSize);
  return {
    pages(page) {
      const frame = frames.get(page);
      if (frame !== undefined && walFd !== null) return readAt(walFd, frame, pageSize);
      return page >= 1 && page <= count ? readAt(fd, (page - 1) * pageSize, pageSize) : undefined;
    },
    *numbers() {
      for (let page = 1; page <= count; page += 1) yield page;
      for (const page of frames.keys()) if (page > count) yield page;
    },
    close() {
      closeSync(fd);
      if (walFd !== null) closeSync(walFd);
    },
  };
};

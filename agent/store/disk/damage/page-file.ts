import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { pageSize } from '../database.ts';
import type { PageSource } from './pages.ts';

/** The pages of a database as they lie on disk. SQLite has merged its write-ahead log when it closed the file. */
export interface PageFile {
  pages: PageSource;
  count: number;
  close(): void;
}

export const openPageFile = (file: string): PageFile => {
  const fd = openSync(file, 'r');
  const count = Math.floor(fstatSync(fd).size / pageSize);
  return {
    count,
    pages(page) {
      if (page < 1 || page > count) return undefined;
      const buffer = Buffer.alloc(pageSize);
      return buffer.subarray(0, readSync(fd, buffer, 0, pageSize, (page - 1) * pageSize));
    },
    close: () => closeSync(fd),
  };
};

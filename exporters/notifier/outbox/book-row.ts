import type { DatabaseSync } from 'node:sqlite';
import type { Book } from '../classify/book.ts';

/** The one row that is the book. */
export const createBookRow = (database: DatabaseSync) => {
  const read = database.prepare('select json from book');
  const readCursor = database.prepare("select json_extract(json, '$.cursor') as cursor from book");
  const write = database.prepare(
    'insert into book (one, json) values (1, ?) on conflict (one) do update set json = excluded.json',
  );
  return {
    read(): Book | null {
      const json = read.get()?.['json'];
      return typeof json === 'string' ? JSON.parse(json) : null;
    },
    /** The last event taken; 0: none was. */
    cursor: (): number => Number(readCursor.get()?.['cursor'] ?? 0),
    write: (book: Book): void => void write.run(JSON.stringify(book)),
  };
};

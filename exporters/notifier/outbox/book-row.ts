import type { DatabaseSync } from 'node:sqlite';
import { type Book, emptyBook } from '../classify/book.ts';
import { documentText, parseDocument, readDocument, type Shape } from './document.ts';
import type { Facts } from './facts.ts';

/** Of `Book`. A field that may be absent is no other shape. */
const present: Shape = { schema: 1, upgrades: {} };

export interface LoadedBook {
  /** null: it is a first start. */
  book: Book | null;
  /** The fact that holds what was in its place and could not be read; null: nothing was. */
  setAside: string | null;
}

const numberIn = (value: unknown): number | null =>
  Number.isSafeInteger(value) ? Number(value) : null;

/** The one row that is the book. */
export const createBookRow = (database: DatabaseSync, facts: Facts, shape = present) => {
  const read = database.prepare('select json from book');
  const readCursor = database.prepare("select json_extract(json, '$.cursor') as cursor from book");
  const insert = database.prepare(
    'insert into book (one, json) values (1, ?) on conflict (one) do update set json = excluded.json',
  );
  const remove = database.prepare('delete from book');

  const write = (book: Book): void => void insert.run(documentText(book, shape));

  /** Another release wrote it: begun anew where it ended, so that nothing is told twice, and nothing is left out. */
  const replace = (text: string): LoadedBook => {
    const { schema, document } = parseDocument(text);
    const setAside = `book of schema ${schema ?? 'unknown'}`;
    facts.set(setAside, text);
    const cursor = numberIn(document['cursor']);
    const book = cursor === null ? null : emptyBook(cursor, numberIn(document['run']));
    if (book) write(book);
    else remove.run();
    return { book, setAside };
  };

  return {
    /** Writes as well, where a release that shapes it otherwise has written it. */
    load(): LoadedBook {
      const text = read.get()?.['json'];
      if (typeof text !== 'string') return { book: null, setAside: null };
      const book = readDocument(text, shape);
      return book === null ? replace(text) : { book: book as Book, setAside: null };
    },
    /** The last event taken; 0: none was. */
    cursor: (): number => Number(readCursor.get()?.['cursor'] ?? 0),
    write,
  };
};

import type { DatabaseSync } from 'node:sqlite';

/** Single values that are kept by name. */
export const createFacts = (database: DatabaseSync) => {
  const read = database.prepare('select value from facts where key = ?');
  const write = database.prepare(
    'insert into facts (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  return {
    read(key: string): string | null {
      const value = read.get(key)?.['value'];
      return typeof value === 'string' ? value : null;
    },
    write: (key: string, value: string): void => void write.run(key, value),
  };
};

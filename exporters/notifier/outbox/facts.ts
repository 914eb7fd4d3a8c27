import type { DatabaseSync } from 'node:sqlite';

const schema =
  'create table if not exists facts (key text primary key, value text not null) strict';

/** Single values that outlive the process, each by its name. Both throw what SQLite throws. */
export interface Facts {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export const openFacts = (database: DatabaseSync): Facts => {
  database.exec(schema);
  const read = database.prepare('select value from facts where key = ?');
  const write = database.prepare(
    'insert into facts (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  return {
    get(key) {
      const value = read.get(key)?.['value'];
      return typeof value === 'string' ? value : null;
    },
    set: (key, value) => void write.run(key, value),
  };
};

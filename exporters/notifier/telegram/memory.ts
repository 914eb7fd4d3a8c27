import type { DatabaseSync } from 'node:sqlite';

/** Small things that outlive the process. Both throw what SQLite throws. */
export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export const openMemory = (db: DatabaseSync): Memory => {
  db.exec(
    'create table if not exists telegram_memory (key text primary key, value text not null) strict',
  );
  return {
    get: (key) => {
      const row = db.prepare('select value from telegram_memory where key = ?').get(key);
      return row === undefined ? null : String(row['value']);
    },
    set: (key, value) => {
      db.prepare(
        `insert into telegram_memory values (?, ?)
         on conflict (key) do update set value = excluded.value`,
      ).run(key, value);
    },
  };
};

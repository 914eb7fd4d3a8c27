import type { DatabaseSync } from 'node:sqlite';
import { openFacts } from './facts.ts';

const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !==
  undefined;

/** Brings a database of an older release to the present tables; within a transaction. */
export const migrate = (database: DatabaseSync): void => {
  openFacts(database);
  // Telegram had a table of its own for what are facts (telegram/memory.ts).
  if (!hasTable(database, 'telegram_memory')) return;
  database.exec(`
    insert or replace into facts select 'telegram ' || key, value from telegram_memory;
    drop table telegram_memory`);
};

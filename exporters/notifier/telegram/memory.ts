import type { DatabaseSync } from 'node:sqlite';
import { type Facts, openFacts } from '../outbox/facts.ts';

/** What Telegram keeps among the facts, under names of its own. */
export type Memory = Facts;

const ours = (key: string): string => `telegram ${key}`;

export const openMemory = (db: DatabaseSync): Memory => {
  const facts = openFacts(db);
  return {
    get: (key) => facts.get(ours(key)),
    set: (key, value) => facts.set(ours(key), value),
  };
};

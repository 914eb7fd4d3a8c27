import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import t, { type Test } from 'tap';
import { createBookRow } from '../../../../exporters/notifier/outbox/book-row.ts';
import { openDatabase } from '../../../../exporters/notifier/outbox/database.ts';
import { openFacts } from '../../../../exporters/notifier/outbox/facts.ts';
import { openMemory } from '../../../../exporters/notifier/telegram/memory.ts';
import { Tale } from '../classify/sample-events.ts';
import { directory, hook, openRig } from '../sample-desk.ts';

/** An outbox in which an alert waits. Its book is as `change` makes it. */
const outboxWith = (t: Test, change: (book: Record<string, unknown>) => unknown) => {
  const file = join(directory(t), 'outbox.db');
  const rig = openRig({ file });
  const tale = new Tale();
  rig.desk.take(tale.died(['a']));
  const json = String(rig.database.prepare('select json from book').get()?.['json']);
  const changed = change(JSON.parse(json));
  const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
  rig.database.prepare('update book set json = ?').run(text);
  rig.close();
  return { file, tale, text };
};

t.test('facts of Telegram had a table of their own', async (t) => {
  const file = join(directory(t), 'outbox.db');
  const old = new DatabaseSync(file);
  old.exec(`
    create table facts (key text primary key, value text not null) strict;
    insert into facts values ('settings', 'kept');
    create table telegram_memory (key text primary key, value text not null) strict;
    insert into telegram_memory values ('offset 1 https://x', '7 8'), ('settings', 'of Telegram')`);
  old.close();
  for (const time of ['first', 'second']) {
    const database = openDatabase(file, () => t.fail('set aside'));
    t.equal(openFacts(database).get('settings'), 'kept', time);
    const memory = openMemory(database);
    t.equal(memory.get('offset 1 https://x'), '7 8');
    t.equal(memory.get('settings'), 'of Telegram');
    t.equal(memory.get('other'), null);
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
    t.notOk(tables.some(({ name }) => name === 'telegram_memory'));
    database.close();
  }
});

t.test('a book without a number is one of the first shape', async (t) => {
  const { file, tale } = outboxWith(t, ({ schema, ...book }) => {
    t.equal(schema, 1);
    return book;
  });
  const rig = openRig({ file });
  t.equal(rig.desk.cursor, tale.seq);
  rig.desk.take([tale.back('a')]);
  rig.drain(hook);
  t.same(rig.toldTo(hook), ['new session-died resolved error'], 'it is the same alert still');
  rig.close();
});

t.test('a book of a newer release is set aside, and its cursor is kept', async (t) => {
  const { file, tale, text } = outboxWith(t, (book) => ({
    ...{ ...book, schema: 7, alerts: 'elsewhere', run: 5 },
  }));
  const aside: string[] = [];
  const database = openDatabase(file, () => t.fail('damaged'));
  const facts = openFacts(database);
  const row = createBookRow(database, facts);
  const { book, setAside } = row.load();
  t.match(book, { cursor: tale.seq, run: 5, alerts: {}, silences: {} });
  t.equal(setAside, 'book of schema 7');
  t.equal(facts.get('book of schema 7'), text);
  t.same(row.load(), { book, setAside: null }, 'once');
  database.close();

  const rig = openRig({ file });
  rig.outbox.load((fact) => aside.push(fact));
  t.same(aside, []);
  rig.desk.take(tale.died(['b']));
  rig.drain(hook);
  t.same(
    rig.told.map(({ card }) => card.sessions.join()),
    ['a', 'b'],
    'what waited is told, and what comes after',
  );
  rig.close();
});

t.test('of a book that says no cursor nothing is left', async (t) => {
  for (const broken of ['{"schema":9}', '{"schema":1', 'null']) {
    const { file } = outboxWith(t, () => broken);
    const database = openDatabase(file, () => t.fail('damaged'));
    const row = createBookRow(database, openFacts(database));
    const { book, setAside } = row.load();
    t.equal(book, null);
    t.match(setAside, /^book of schema (9|unknown)$/);
    t.equal(row.cursor(), 0, 'as at a first start');
    t.same(row.load(), { book: null, setAside: null });
    database.close();
  }
});

t.test('an older book is brought up to date', async (t) => {
  const { file, tale } = outboxWith(t, ({ silences: _, ...book }) => book);
  const database = openDatabase(file, () => t.fail('damaged'));
  const shape = { schema: 2, upgrades: { 1: (book: object) => ({ ...book, silences: {} }) } };
  const row = createBookRow(database, openFacts(database), shape);
  const { book, setAside } = row.load();
  t.match(book, { cursor: tale.seq, silences: {} });
  t.equal(setAside, null);
  t.ok(book && Object.keys(book.alerts).length === 1);
  if (book) row.write(book);
  t.match(row.load(), { book, setAside: null });
  t.match(database.prepare("select json -> 'schema' as schema from book").get(), { schema: '2' });
  database.close();
});

import type { DatabaseSync } from 'node:sqlite';
import type { Remote } from '../../../../agent/model/events/remote.ts';
import type { PairedPerson } from '../../../../agent/protocol/notifier.ts';

/** Somebody who may ask. `channel` is the name under which alerts are queued for him: it never changes. */
export interface Person extends PairedPerson {
  name: string;
  deliverTo: string;
}

/** Who is paired, kept in the notifier's database. */
export interface People {
  list(): Person[];
  find(user: string): Person | null;
  /** @throws what SQLite throws, a full disk for one */
  add(person: Remote & { chat: string }, at: number): Person;
  remove(user: string): Person | null;
  /** The alerts of a person go to another chat. */
  move(user: string, chat: string): void;
}

const schema = `
create table if not exists telegram_person (
  user text primary key,
  name text not null,
  chat text not null,
  channel text not null,
  paired_at integer not null
) strict`;

type Row = Record<'user' | 'name' | 'chat' | 'channel', string> & { paired_at: number };

const personOf = ({ user, name, chat, channel, paired_at }: Row): Person => ({
  ...{ channel: 'telegram', user, name, chat, pairedAt: paired_at },
  deliverTo: channel,
});

export const openPeople = (db: DatabaseSync): People => {
  db.exec(schema);
  const read = (): Map<string, Person> => {
    const rows = db.prepare('select * from telegram_person order by paired_at, user').all();
    return new Map(rows.map((row) => [String(row['user']), personOf(row as unknown as Row)]));
  };
  let people = read();

  const change = (sql: string, ...values: (string | number)[]): void => {
    db.prepare(sql).run(...values);
    people = read();
  };

  return {
    list: () => [...people.values()],
    find: (user) => people.get(user) ?? null,
    add: ({ user, name, chat }, at) => {
      change(
        `insert into telegram_person values (?, ?, ?, ?, ?)
         on conflict (user) do update set name = excluded.name, chat = excluded.chat`,
        ...[user, name, chat, `telegram:${chat}`, at],
      );
      const person = people.get(user);
      if (!person) throw new Error('a person who was added is not there');
      return person;
    },
    remove: (user) => {
      const person = people.get(user) ?? null;
      if (person) change('delete from telegram_person where user = ?', user);
      return person;
    },
    move: (user, chat) => change('update telegram_person set chat = ? where user = ?', chat, user),
  };
};

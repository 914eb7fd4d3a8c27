import type { DatabaseSync } from 'node:sqlite';
import type { Remote } from '../../../../agent/model/events/remote.ts';
import type { PairedPerson } from '../../../../agent/protocol/notifier.ts';

/**
 * Somebody who may ask. `deliverTo` is the name under which alerts are queued for him: it never changes, and who is
 * paired anew gets another one, so that nothing is told to him that waited before.
 */
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
  remove(user: string): void;
  /** As he was before he was removed. */
  restore(person: Person): void;
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
) strict;
create table if not exists telegram_channel_used (channel text primary key) strict`;

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

  const used = db.prepare('select 1 from telegram_channel_used where channel = ?');

  /** `telegram:CHAT`, and `telegram:CHAT.2` where that was somebody's before. */
  const freshChannel = (chat: string): string => {
    let name = `telegram:${chat}`;
    for (let i = 2; used.get(name) !== undefined; i += 1) name = `telegram:${chat}.${i}`;
    return name;
  };

  const insert = ({ user, name, chat, deliverTo, pairedAt }: Person): void =>
    change(
      `insert into telegram_person values (?, ?, ?, ?, ?)
       on conflict (user) do update set name = excluded.name, chat = excluded.chat`,
      ...[user, name, chat, deliverTo, pairedAt],
    );

  return {
    list: () => [...people.values()],
    find: (user) => people.get(user) ?? null,
    add: ({ user, name, chat }, at) => {
      const about = { channel: 'telegram', user, name, chat, pairedAt: at } as const;
      insert({ ...about, deliverTo: freshChannel(chat) });
      const person = people.get(user);
      if (!person) throw new Error('a person who was added is not there');
      return person;
    },
    remove: (user) => {
      const person = people.get(user);
      if (!person) return;
      // One name too many does no harm, where what follows fails.
      db.prepare('insert or ignore into telegram_channel_used values (?)').run(person.deliverTo);
      change('delete from telegram_person where user = ?', user);
    },
    restore: insert,
    move: (user, chat) => change('update telegram_person set chat = ? where user = ?', chat, user),
  };
};

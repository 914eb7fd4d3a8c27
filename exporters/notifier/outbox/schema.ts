/**
 * One row of `book` is everything the notifier knows, with its cursor in it. One row of `deliveries` is one alert at
 * one channel: the state that is wanted there, and what was told last. So updates that wait become one, and a message
 * that nobody could be told is overtaken by the one that says it is over.
 */
export const schema = `
create table if not exists book (one integer primary key check (one = 1), json text not null) strict;

create table if not exists deliveries (
  id integer primary key,
  alert text not null,
  channel text not null,
  server text not null default '',
  state text not null check (state in ('waiting', 'told', 'held', 'folded', 'refused')),
  reason text not null,
  due integer not null,
  revision integer not null,
  updated_at integer not null,
  severity text not null,
  over integer not null,
  card text not null,
  loud_at integer not null,
  told_revision integer not null default 0,
  told_loud_at integer not null default 0,
  told_at integer,
  first_told_at integer,
  receipt text,
  attempts integer not null default 0,
  servers integer not null default 0,
  unique (alert, channel)
) strict;
create index if not exists deliveries_due on deliveries (channel, state, due);
create index if not exists deliveries_folded on deliveries (reason) where state = 'folded';
create index if not exists deliveries_first on deliveries (channel, first_told_at);

create table if not exists channels (
  channel text primary key,
  since integer not null,
  status text not null default 'ok',
  code text not null default '',
  blocked_until integer not null default 0,
  failures integer not null default 0,
  sent integer not null default 0,
  retried integer not null default 0,
  failed integer not null default 0,
  last_sent_at integer
) strict;

create table if not exists notes (id integer primary key, json text not null) strict;
`;

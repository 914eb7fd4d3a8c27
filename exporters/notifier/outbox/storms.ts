import type { DatabaseSync } from 'node:sqlite';
import { type Severity, severities } from '../../../agent/model/severity.ts';
import { stormCard } from '../present/storm-card.ts';
import { cardText, type DeliveryRow } from './rows.ts';
import { type FoldedTotals, stormNews, windowMs } from './storm-news.ts';

/** So many alerts a person is told of one by one, in the time of `windowMs`. */
export const mostAlone = 2;

/** A storm is over when nothing was added to it for so long; the next is a message of its own. ms */
export const calmMs = 5 * 60_000;

/** The shortest time between two changes of its message, ms. */
const changeMs = 3000;

const isStorm = "alert like 'storm-%'";

/** When people were to hear of it last; 0: they are not to, now. */
const audible = 'case when loud_at = told_loud_at then 0 else loud_at end';

const rankOf = `case severity ${severities.map((name, i) => `when '${name}' then ${i}`).join(' ')} else 0 end`;

/** Many new alerts at one channel become one message, which changes in place. */
export const createStorms = (database: DatabaseSync, host: () => string) => {
  const fresh = database.prepare(`
    select count(*) as n from deliveries
    where channel = ? and state = 'waiting' and told_revision = 0 and not (${isStorm})`);
  const lately = database.prepare(`
    select count(*) as n from deliveries
    where channel = ? and first_told_at > ? and first_told_at <= ? and not (${isStorm})`);
  const newest = database.prepare(`
    select * from deliveries where channel = ? and ${isStorm} order by id desc limit 1`);
  const find = database.prepare('select * from deliveries where alert = ? and channel = ?');
  const foldNew = database.prepare(`
    update deliveries set state = 'folded', reason = ?
    where channel = ? and state = 'waiting' and told_revision = 0 and not (${isStorm})`);
  const totals = database.prepare(`
    select count(*) as alerts, sum(over) as over, max(${rankOf}) as worst, min(updated_at) as first,
      max(case when over then 0 else ${audible} end) as loud, max(${audible}) as last_loud,
      count(distinct server) as servers
    from deliveries where state = 'folded' and reason = ? and channel = ?`);
  // One of each server, the newest of the worst: whoever makes a storm must not be all that is seen of it.
  const examples = database.prepare(`
    select card, max((${rankOf} * 2 - over) * 1000000000000 + id) as weight from deliveries
    where state = 'folded' and reason = ? and channel = ?
    group by server order by weight desc limit 5`);
  const insert = database.prepare(`
    insert into deliveries (alert, channel, state, reason, due, revision, updated_at, severity, over, card, loud_at)
    values (?, ?, 'waiting', '', ?, 1, ?, 'info', 0, '{}', ?)`);
  const change = database.prepare(`
    update deliveries set state = 'waiting', due = ?, revision = revision + 1, updated_at = ?, severity = ?, over = ?,
      card = ?, loud_at = ?, servers = ? where id = ?`);

  const count = (statement: typeof fresh, ...args: (string | number)[]): number =>
    Number(statement.get(...args)?.['n'] ?? 0);

  const openStorm = (channel: string, now: number): DeliveryRow => {
    const last = newest.get(channel) as DeliveryRow | undefined;
    if (last && Math.abs(now - last.updated_at) <= calmMs) return last;
    const number = last ? Number(last.alert.split('-')[1]) + 1 : 1;
    insert.run(`storm-${number}`, channel, now, now, now);
    return newest.get(channel) as unknown as DeliveryRow;
  };

  const totalsOf = ({ alert, channel }: DeliveryRow): FoldedTotals => {
    const row = totals.get(alert, channel) ?? {};
    return {
      alerts: Number(row['alerts'] ?? 0),
      over: Number(row['over'] ?? 0),
      worst: severities[Number(row['worst'] ?? 0)] as Severity,
      firstAt: Number(row['first'] ?? 0),
      loud: Number(row['loud'] ?? 0),
      lastLoud: Number(row['last_loud'] ?? 0),
      servers: Number(row['servers'] ?? 0),
      examples: examples.all(alert, channel).map(({ card }) => JSON.parse(String(card))),
    };
  };

  /** Writes its message anew from what is folded into it. */
  const refresh = (storm: DeliveryRow, now: number): void => {
    const folded = totalsOf(storm);
    const isNews = stormNews(storm, folded, now) !== null;
    const loudAt = isNews && storm.told_revision > 0 ? now : storm.loud_at;
    const text = cardText(stormCard(storm.alert, folded, host(), now, loudAt));
    const over = folded.over === folded.alerts ? 1 : 0;
    const due = Math.max(now, Math.min(now, storm.told_at ?? 0) + changeMs);
    change.run(due, now, folded.worst, over, text, loudAt, folded.servers, storm.id);
  };

  return {
    /** Folds what is new at a channel of people, where there is too much of it. @returns how much */
    fold(channel: string, now: number): number {
      const waiting = count(fresh, channel);
      if (waiting === 0 || count(lately, channel, now - windowMs, now) < mostAlone) return 0;
      const storm = openStorm(channel, now);
      foldNew.run(storm.alert, channel);
      refresh(storm, now);
      return waiting;
    },
    /** Something that is folded into it has changed. */
    changed(alert: string, channel: string, now: number): void {
      const storm = find.get(alert, channel) as DeliveryRow | undefined;
      if (storm) refresh(storm, now);
    },
  };
};

export type Storms = ReturnType<typeof createStorms>;

import type { DatabaseSync } from 'node:sqlite';
import { isOver } from '../card.ts';
import { keptNews, placeOf, type Wanted } from './place.ts';
import { cardText, type DeliveryRow } from './rows.ts';

const insert = `
insert into deliveries
  (alert, channel, server, state, reason, due, revision, updated_at, severity, over, card, loud_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const update = `
update deliveries set state = ?, reason = ?, due = ?, revision = ?, updated_at = ?, severity = ?, over = ?,
  card = ?, loud_at = ?, told_loud_at = ?
where id = ?`;

/** Alerts that time alone may let through, or keep back: also where the clock was set. */
const unsettled = `
select distinct alert from deliveries
where (state = 'held' and reason in ('held', 'silenced', 'quiet-hours'))
  or (state = 'waiting' and (told_revision = 0 or loud_at <> told_loud_at))`;

/** What is wanted of one alert at one channel. */
export interface Wish extends Wanted {
  channel: string;
  /** The tmux server it is about; empty: none. */
  server: string;
}

/** The rows of one alert at each channel: what is wanted there. */
export const createDeliveries = (database: DatabaseSync) => {
  const find = database.prepare('select * from deliveries where alert = ? and channel = ?');
  const add = database.prepare(insert);
  const change = database.prepare(update);
  const findUnsettled = database.prepare(unsettled);
  const folded = database.prepare(
    "select reason, channel from deliveries where alert = ? and state = 'folded'",
  );
  const standings = database.prepare(
    'select channel, state, reason from deliveries where alert = ?',
  );
  const old = database.prepare(
    "delete from deliveries where state <> 'waiting' and updated_at < ?",
  );

  return {
    /** Returns why it is not told, where that is new. */
    wish(wish: Wish, now: number): string | null {
      const { card, channel } = wish;
      const { alert, revision, updatedAt, severity, loudAt } = card;
      const over = isOver(card) ? 1 : 0;
      const text = cardText(card);
      const row = find.get(alert, channel) as DeliveryRow | undefined;
      const place = placeOf(row ?? null, wish, now);
      if (place === null) return null;
      const { state, reason, due, toldLoudAt } = place;
      const about = [revision, updatedAt, severity, over, text, loudAt];
      if (row) change.run(state, reason, due, ...about, toldLoudAt, row.id);
      else add.run(alert, channel, wish.server, state, reason, due, ...about);
      return keptNews(row ?? null, place);
    },
    /** Alerts to be looked at again as time goes by. */
    unsettled: (): string[] => findUnsettled.all().map(({ alert }) => String(alert)),
    /** The storms that an alert is folded into. */
    foldedInto: (alert: string): { storm: string; channel: string }[] =>
      folded.all(alert).map(({ reason, channel }) => ({
        storm: String(reason),
        channel: String(channel),
      })),
    /** What was told or kept back is forgotten, where it has not changed since `before`. */
    forget: (before: number): void => void old.run(before),
    /** How each channel was told of an alert, in a word. */
    standing(alert: string): Record<string, string> {
      const word = (state: string, reason: string): string =>
        ({ waiting: 'queued', told: 'sent', refused: 'failed', folded: 'folded' })[state] ?? reason;
      return Object.fromEntries(
        standings
          .all(alert)
          .map(({ channel, state, reason }) => [channel, word(String(state), String(reason))]),
      );
    },
  };
};

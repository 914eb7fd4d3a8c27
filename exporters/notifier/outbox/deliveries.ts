import type { DatabaseSync } from 'node:sqlite';
import { isOver } from '../card.ts';
import type { Route } from '../classify/route.ts';
import type { StoredCard } from '../present/card-of.ts';
import { cardText, type DeliveryRow, type DeliveryState } from './rows.ts';

/** A time that never comes. */
export const never = 8.64e15;

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
export interface Wish {
  card: StoredCard;
  channel: string;
  /** The tmux server it is about; empty: none. */
  server: string;
  /** Asked where people should hear of it. */
  route(): Route;
}

/** Where a row stands. */
interface Place {
  state: DeliveryState;
  reason: string;
  due: number;
  /** What people have heard of, or are not to hear of: as `loud_at`. */
  toldLoudAt: number;
}

const placed = (route: Route, now: number): Place =>
  route === 'tell'
    ? { state: 'waiting', reason: '', due: now, toldLoudAt: 0 }
    : { state: 'held', reason: route.reason, due: route.until ?? never, toldLoudAt: 0 };

/** A message that is there is changed whatever the route says; only nobody is to hear of it. */
const changed = (row: DeliveryRow, { card, route }: Wish, now: number): Place => {
  const isSeen = row.state !== 'told' || row.card !== cardText(card);
  const way = route();
  const isHeld = way !== 'tell' && way.reason === 'held';
  const due = row.state === 'waiting' && row.attempts > 0 ? row.due : now;
  const isMuted = card.loudAt !== row.told_loud_at && way !== 'tell' && !isHeld;
  return {
    // A ring that is kept back changes nothing that anybody could see.
    state: isMuted && !isSeen ? 'told' : 'waiting',
    reason: isMuted ? way.reason : '',
    due: isHeld ? (way.until ?? now) : due,
    toldLoudAt: isMuted ? card.loudAt : row.told_loud_at,
  };
};

/** Whether people may hear of what is news in a storm. */
const isToRing = (row: DeliveryRow, { card, route }: Wish): boolean =>
  card.loudAt === row.loud_at || route() === 'tell';

/** Where a row stands after a change of its card. */
const moved = (row: DeliveryRow, wish: Wish, now: number): Place => {
  const { state, reason, due, told_loud_at: toldLoudAt } = row;
  const stays = { state, reason, due, toldLoudAt };
  if (state === 'folded')
    return isToRing(row, wish) ? stays : { ...stays, toldLoudAt: wish.card.loudAt };
  // What was refused is tried again when there is news, and no more than once for each.
  if (state === 'refused' && wish.card.loudAt === row.loud_at) return stays;
  if (row.told_revision > 0) return changed(row, wish, now);
  // Nobody wants to hear afterwards of what was over while it was not to be told.
  const wasKept = state === 'held' && ['silenced', 'inhibited'].includes(reason);
  if (isOver(wish.card) && wasKept) return { ...stays, due: never };
  const place = placed(wish.route(), now);
  return place.state === 'waiting' && state === 'waiting' ? stays : place;
};

const isSame = (row: DeliveryRow, { state, reason, due, toldLoudAt }: Place): boolean =>
  row.state === state &&
  row.reason === reason &&
  row.due === due &&
  row.told_loud_at === toldLoudAt;

/** The rows of one alert at each channel: what is wanted there. */
export const createDeliveries = (database: DatabaseSync) => {
  const find = database.prepare('select * from deliveries where alert = ? and channel = ?');
  const add = database.prepare(insert);
  const change = database.prepare(update);
  const findUnsettled = database.prepare(unsettled);
  const folded = database.prepare(
    "select reason, channel from deliveries where alert = ? and state = 'folded'",
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
      const isAsItWas = row?.card === text && row.loud_at === loudAt;
      if (row?.state === 'told' && isAsItWas) return null;
      const place = row ? moved(row, wish, now) : placed(wish.route(), now);
      if (row && isAsItWas && isSame(row, place)) return null;
      const { state, reason, due, toldLoudAt } = place;
      const about = [revision, updatedAt, severity, over, text, loudAt];
      if (row) change.run(state, reason, due, ...about, toldLoudAt, row.id);
      else add.run(alert, channel, wish.server, state, reason, due, ...about);
      const isKept = state === 'held' || toldLoudAt !== (row?.told_loud_at ?? 0);
      const isNews = row?.state === 'told' || reason !== row?.reason;
      return isKept && isNews ? reason : null;
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
      const rows = database
        .prepare('select channel, state, reason from deliveries where alert = ?')
        .all(alert);
      const word = (state: string, reason: string): string =>
        ({ waiting: 'queued', told: 'sent', refused: 'failed', folded: 'folded' })[state] ?? reason;
      return Object.fromEntries(
        rows.map(({ channel, state, reason }) => [channel, word(String(state), String(reason))]),
      );
    },
  };
};

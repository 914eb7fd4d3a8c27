import { isOver } from '../card.ts';
import type { Route } from '../classify/route.ts';
import type { StoredCard } from '../present/card-of.ts';
import { cardText, type DeliveryRow, never } from './rows.ts';

/** What is to be said, and whether it is. */
export interface Wanted {
  card: StoredCard;
  route: Route;
}

/** Where a row stands. */
export type Place = Pick<DeliveryRow, 'state' | 'reason' | 'due'> & {
  /** What people have heard of, or are not to hear of: as `loud_at`. */
  toldLoudAt: number;
};

/** What of a row decides where it stands next. */
export type Standing = Pick<
  DeliveryRow,
  'state' | 'reason' | 'due' | 'card' | 'loud_at' | 'told_loud_at' | 'told_revision' | 'attempts'
>;

const placed = (route: Route, now: number): Place =>
  route === 'tell'
    ? { state: 'waiting', reason: '', due: now, toldLoudAt: 0 }
    : { state: 'held', reason: route.reason, due: route.until ?? never, toldLoudAt: 0 };

/** A message that is there is changed whatever the route says; only nobody is to hear of it. */
const changed = (row: Standing, { card, route }: Wanted, now: number): Place => {
  const isSeen = row.state !== 'told' || row.card !== cardText(card);
  const isHeld = route !== 'tell' && route.reason === 'held';
  const due = row.state === 'waiting' && row.attempts > 0 ? row.due : now;
  const isMuted = card.loudAt !== row.told_loud_at && route !== 'tell' && !isHeld;
  return {
    // A ring that is kept back changes nothing that anybody could see.
    state: isMuted && !isSeen ? 'told' : 'waiting',
    reason: isMuted ? route.reason : '',
    due: isHeld ? (route.until ?? now) : due,
    toldLoudAt: isMuted ? card.loudAt : row.told_loud_at,
  };
};

/** Whether people may hear of what is news in a storm. */
const isToRing = (row: Standing, { card, route }: Wanted): boolean =>
  card.loudAt === row.loud_at || route === 'tell';

/** Where a row stands after a change of its card. */
const moved = (row: Standing, wanted: Wanted, now: number): Place => {
  const { state, reason, due, told_loud_at: toldLoudAt } = row;
  const stays = { state, reason, due, toldLoudAt };
  if (state === 'folded')
    return isToRing(row, wanted) ? stays : { ...stays, toldLoudAt: wanted.card.loudAt };
  // What was refused is tried again when there is news, and no more than once for each.
  if (state === 'refused' && wanted.card.loudAt === row.loud_at) return stays;
  if (row.told_revision > 0) return changed(row, wanted, now);
  // Nobody wants to hear afterwards of what was over while it was not to be told.
  const wasKept = state === 'held' && ['silenced', 'inhibited'].includes(reason);
  if (isOver(wanted.card) && wasKept) return { ...stays, due: never };
  const place = placed(wanted.route, now);
  return place.state === 'waiting' && state === 'waiting' ? stays : place;
};

const isSame = (row: Standing, { state, reason, due, toldLoudAt }: Place): boolean =>
  row.state === state &&
  row.reason === reason &&
  row.due === due &&
  row.told_loud_at === toldLoudAt;

/** Where a row stands from now on; null: as it did, with the same card. @param row null: there is none yet */
export const placeOf = (row: Standing | null, wanted: Wanted, now: number): Place | null => {
  if (!row) return placed(wanted.route, now);
  const { card } = wanted;
  const isAsItWas = row.card === cardText(card) && row.loud_at === card.loudAt;
  if (row.state === 'told' && isAsItWas) return null;
  const place = moved(row, wanted, now);
  return isAsItWas && isSame(row, place) ? null : place;
};

/** Why it is not told at its new place, where that is new. */
export const keptNews = (row: Standing | null, { state, reason, toldLoudAt }: Place) => {
  const isKept = state === 'held' || toldLoudAt !== (row?.told_loud_at ?? 0);
  const isNews = row?.state === 'told' || reason !== row?.reason;
  return isKept && isNews ? reason : null;
};

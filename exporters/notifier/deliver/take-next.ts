import type { Card } from '../card.ts';
import type { Channel } from '../channel.ts';
import { cardIn, type DeliveryRow } from '../outbox/rows.ts';
import type { PumpPorts } from './pump-ports.ts';
import { isStale } from './stale.ts';

/** What is to be told now. */
export interface Next {
  row: DeliveryRow;
  card: Card;
}

/**
 * What a channel is told next: people get as one what is too much, and nobody what is too old; null: nothing is due.
 * @param at ms since the epoch
 * @param age how long ago `since` was at `at`, ms
 * @throws where the disk does not take it
 */
export const takeNext = (
  { name, audience }: Pick<Channel, 'name' | 'audience'>,
  { outbox, onSuppressed }: Pick<PumpPorts, 'outbox' | 'onSuppressed'>,
  at: number,
  age: (since: number, at: number) => number,
): Next | null => {
  const folded = audience === 'people' ? outbox.fold(name, at) : 0;
  if (folded > 0) onSuppressed('folded', folded);
  for (;;) {
    const row = outbox.next(name, at);
    if (!row) return null;
    const card = cardIn(row);
    if (row.told_revision > 0 || !isStale(card, age(card.updatedAt, at))) return { row, card };
    outbox.expired(row);
    onSuppressed('expired', 1);
  }
};

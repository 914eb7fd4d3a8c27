import type { Card } from '../card.ts';
import type { StoredCard } from '../present/card-of.ts';

/** A time that never comes. */
export const never = 8.64e15;

export type DeliveryState = 'waiting' | 'told' | 'held' | 'folded' | 'refused';

/** A row of `deliveries`. */
export interface DeliveryRow {
  id: number;
  alert: string;
  channel: string;
  /** The tmux server it is about; empty: none, or many. */
  server: string;
  state: DeliveryState;
  /** Why it is held or told quietly, the code of the refusal, or the alert it is folded into. */
  reason: string;
  due: number;
  revision: number;
  updated_at: number;
  severity: string;
  over: number;
  card: string;
  loud_at: number;
  told_revision: number;
  told_loud_at: number;
  told_at: number | null;
  first_told_at: number | null;
  receipt: string | null;
  attempts: number;
  /** Of a storm: how many servers it is about. */
  servers: number;
}

/** What SQLite has in a column: a number, or nothing. */
export const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' ? value : null;

/** What of a card is compared: a change that nobody sees is none. */
export const cardText = ({
  revision: _,
  updatedAt: __,
  loudAt: ___,
  ...card
}: StoredCard): string => JSON.stringify(card);

/** The card as a channel is given it. */
export const cardIn = (row: DeliveryRow): Card => ({
  ...JSON.parse(row.card),
  revision: row.revision,
  updatedAt: row.updated_at,
  loud: row.told_revision === 0 || row.loud_at !== row.told_loud_at,
});

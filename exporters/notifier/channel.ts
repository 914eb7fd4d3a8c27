import type { Card } from './card.ts';

/** What a channel keeps of what it delivered, to find it again; its own affair, at most 200 characters. */
export type Receipt = string;

export type Outcome =
  /** `detail`: what came back, for people: `message 17`, `HTTP 204`. */
  | { kind: 'accepted'; receipt: Receipt | null; detail: string }
  /**
   * May succeed later. `waitMs`: the other side said how long to wait; null: it did not. `everything`: nothing of
   * this channel would succeed now, not only this card.
   */
  | { kind: 'later'; code: string; message: string; waitMs: number | null; everything: boolean }
  /** This card will never be accepted. */
  | { kind: 'refused'; code: string; message: string }
  /** Nothing will be accepted until a person has mended something: a wrong token, a blocked bot. */
  | { kind: 'unusable'; code: string; message: string };

/** One place where alerts are told. It keeps nothing itself: what was told when is the outbox's affair. */
export interface Channel {
  /** `telegram:CHAT`, or its kind and its name in the configuration: `webhook:NAME` (channel/kinds.ts). */
  readonly name: string;
  /** People are given few messages, grouped; programs each alert by itself. */
  readonly audience: 'people' | 'programs';
  /** Why nothing can be told there before a person has mended it, where that is known already; absent: it is not. */
  readonly broken?: { code: string; message: string };
  /** The shortest time between two deliveries, ms. */
  readonly paceMs: number;
  /**
   * Tells the present state of an alert. Never throws; takes no longer than its own limit.
   * @param receipt of the last delivery of the same alert; null: it was never told here
   */
  deliver(card: Card, receipt: Receipt | null, signal: AbortSignal): Promise<Outcome>;
}

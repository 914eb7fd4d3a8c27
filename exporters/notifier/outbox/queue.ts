import type { DatabaseSync } from 'node:sqlite';
import type { Receipt } from '../channel.ts';
import { type DeliveryRow, never, numberOrNull } from './rows.ts';

/** What waits at each channel, in the order in which it is told: what is new first, as it came. */
export const createQueue = (database: DatabaseSync) => {
  const next = database.prepare(`
    select * from deliveries where channel = ? and state = 'waiting' and due <= ?
    order by told_revision > 0, id limit 1`);
  const nextDue = database.prepare(
    "select min(due) as due from deliveries where channel = ? and state = 'waiting'",
  );
  const accept = database.prepare(`
    update deliveries set state = case when revision = ? then 'told' else 'waiting' end,
      told_revision = ?, told_loud_at = ?, told_at = ?, first_told_at = coalesce(first_told_at, ?),
      receipt = coalesce(?, receipt), attempts = 0, due = ?
    where id = ?`);
  const delay = database.prepare(
    'update deliveries set attempts = attempts + 1, due = ? where id = ?',
  );
  const refuse = database.prepare(
    "update deliveries set state = 'refused', reason = ?, attempts = attempts + 1 where id = ?",
  );
  const expire = database.prepare(
    "update deliveries set state = 'held', reason = 'expired', due = ? where id = ?",
  );
  const earlier = database.prepare(
    "update deliveries set due = due - ? where channel = ? and state = 'waiting' and due > ?",
  );
  const latest = database.prepare(
    "select max(updated_at) as at from deliveries where channel = ? and state = 'waiting'",
  );
  const count = database.prepare(`
    select count(*) as queued, min(updated_at) as oldest from deliveries
    where channel = ? and state = 'waiting'`);

  return {
    next: (channel: string, now: number): DeliveryRow | null =>
      (next.get(channel, now) as DeliveryRow | undefined) ?? null,
    /** ms since the epoch; null: nothing waits. */
    nextDue: (channel: string): number | null => numberOrNull(nextDue.get(channel)?.['due']),
    /** The channel has it. What changed while it was being sent waits for its next turn. */
    accepted(row: DeliveryRow, receipt: Receipt | null, now: number): void {
      const { revision, loud_at: loudAt, id } = row;
      accept.run(revision, revision, loudAt, now, now, receipt, now, id);
    },
    /** When what waits last changed, ms since the epoch; 0: nothing waits. */
    latest: (channel: string): number => Number(latest.get(channel)?.['at'] ?? 0),
    delayed: ({ id }: DeliveryRow, until: number): void => void delay.run(until, id),
    /** The clock was set back by so much: nothing waits longer for it. */
    clockSetBack: (channel: string, byMs: number, now: number): void =>
      void earlier.run(byMs, channel, now),
    refused: ({ id }: DeliveryRow, code: string): void => void refuse.run(code, id),
    expired: ({ id }: DeliveryRow): void => void expire.run(never, id),
    waiting(channel: string): { queued: number; oldestAt: number | null } {
      const row = count.get(channel);
      return { queued: Number(row?.['queued'] ?? 0), oldestAt: numberOrNull(row?.['oldest']) };
    },
  };
};

export type Queue = ReturnType<typeof createQueue>;

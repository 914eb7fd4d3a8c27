import type { DatabaseSync } from 'node:sqlite';
import type { ChannelStatus } from '../../../agent/model/status/notifier-status.ts';

export interface ChannelRow {
  channel: string;
  /** The last event taken when it was first there: of what began before it is told nothing. */
  since: number;
  status: ChannelStatus['status'];
  code: string;
  blocked_until: number;
  /** Failures in a row. */
  failures: number;
  sent: number;
  retried: number;
  failed: number;
  last_sent_at: number | null;
}

/** How each channel fares; it survives us, so that who asked us to wait is not asked again at once. */
export const createChannels = (database: DatabaseSync) => {
  const make = database.prepare('insert or ignore into channels (channel, since) values (?, ?)');
  const get = database.prepare('select * from channels where channel = ?');
  const sent = database.prepare(`
    update channels set status = 'ok', code = '', blocked_until = 0, failures = 0, sent = sent + 1, last_sent_at = ?
    where channel = ?`);
  const retry = database.prepare(`
    update channels set status = ?, code = ?, blocked_until = ?, failures = failures + 1, retried = retried + 1
    where channel = ?`);
  const failed = database.prepare(
    'update channels set failed = failed + 1, code = ? where channel = ?',
  );

  const earlier = database.prepare(`
    update channels set last_sent_at = min(last_sent_at, $now),
      blocked_until = blocked_until - case when blocked_until > $now then $by else 0 end
    where channel = $channel`);
  const open = database.prepare(
    "update channels set blocked_until = 0, status = 'ok', code = '' where channel = ? and status = 'failed'",
  );
  const behind = database.prepare('update channels set since = ? where since > ?');

  const of = (channel: string): ChannelRow => get.get(channel) as unknown as ChannelRow;

  return {
    /** Of one that was added. */
    of,
    add: (channel: string, cursor: number): void => void make.run(channel, cursor),
    /** The log numbers anew from here. */
    numbered: (cursor: number): void => void behind.run(cursor, cursor),
    /** A person may have mended it. */
    tryAgain: (channel: string): void => void open.run(channel),
    /** The clock was set back by so much: nothing waits longer for it. */
    clockSetBack: (channel: string, byMs: number, now: number): void =>
      void earlier.run({ $now: now, $by: byMs, $channel: channel }),
    accepted: (channel: string, now: number): void => void sent.run(now, channel),
    /** Nothing is sent there before `until`. */
    blocked: (channel: string, status: ChannelRow['status'], code: string, until: number): void =>
      void retry.run(status, code, until, channel),
    refused: (channel: string, code: string): void => void failed.run(code, channel),
  };
};

export type Channels = ReturnType<typeof createChannels>;

import type { BotConnection, BotEvents, BotLogin, BotNeed, BotRef } from '../events/bot.ts';

/** What a bot said of itself, as far as it is a fact; what it counts is in the samples. */
export interface BotState extends BotRef {
  /** Null: it does not say, or is lost. */
  connection: BotConnection | null;
  why: string;
  needs: BotNeed | null;
  /** How often its connection changed; snapshots of older releases lack it. */
  changes?: number;
  /** Since when the connection is so, ms since the epoch. */
  since: number;
  login: BotLogin | null;
  /** The newest in the log. */
  error: BotErrorState | null;
  /** Programs speak for it that end right after: its silence says nothing. Absent: it speaks itself. */
  passing?: true;
  /** Null: it was heard when last looked. */
  lost: { at: number; how: BotEvents['bot.lost']['how'] } | null;
}

export interface BotErrorState {
  at: number;
  name: string;
  message: string;
  /** Errors of its process by then, and since when that counts. */
  count: number;
  startedAt: number;
}

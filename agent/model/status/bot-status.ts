import type { BotConnection, BotNeed } from '../events/bot.ts';
import type { BotSample } from '../samples.ts';

/** What a bot says of itself. Counts are since `startedAt`, its times by its own clock; null: it does not say. */
export interface BotStatus
  extends Pick<
    BotSample,
    'in' | 'out' | 'reconnects' | 'errors' | 'login' | 'counters' | 'timings'
  > {
  /** What it calls itself among the bots of its session; empty: the only one. */
  bot: string;
  /** `lost`: it is not heard any more; `unknown`: it does not say. */
  state: BotConnection | 'lost' | 'unknown';
  /** In its own words. */
  why: string;
  /** Since when, as the log knows it. */
  since: number;
  /** How often its connection changed in this life; status documents of older releases lack it. */
  changes?: number;
  /** What somebody has to do before it can go on; null: nothing. */
  needs: BotNeed | null;
  /** Null: not since the agent started, or it is lost; then the next are null, too, and nothing it counts is known. */
  heardAt: number | null;
  pid: number | null;
  startedAt: number | null;
  /** The newest in the log. */
  lastError: { at: number; name: string; message: string } | null;
}

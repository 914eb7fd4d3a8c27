/**
 * What a bot says of itself, and nobody answers: JSON-RPC notifications `beat`, one line each, on a socket that anyone
 * may write to. Who speaks the kernel says, never the message. All counts are totals since `startedAt`, so that a line
 * that got lost takes nothing with it. Times are ms since the epoch by the clock of the bot.
 */
export interface Beat {
  /** Which of the bots of one process; absent: the only one. At most 64 characters. */
  bot?: string;
  at: number;
  /** When this process began to count. */
  startedAt: number;
  /**
   * Said once, by a program that ends right after (`holdfast heartbeat`): its counts are to be added to what was said
   * before of this bot in this session, not totals of a process, and that it ends says nothing of the bot.
   */
  delta?: true;
  connection?: ConnectionState;
  /** Why it is so, in the bot's own words. */
  why?: string;
  /** Messages it received, and sent. */
  in?: Traffic;
  out?: Traffic;
  /** Times the connection was ready again after it was not. */
  reconnects?: number;
  /** Of its login with the service. */
  session?: BotSession;
  errors?: { count: number; last: BotError | null };
  /** Whatever it counts besides, at most 32. */
  counters?: Record<string, number>;
  /** Whatever it times, at most 32, ms. */
  timings?: Record<string, Timing>;
  /** What a person has to do before it can go on. Shown, never stored. */
  needs?: { kind: 'qr' | 'code' | 'login'; text: string } | null;
}

export const connectionStates = [
  'connecting',
  'needs-login',
  'ready',
  'degraded',
  'disconnected',
  'logged-out',
] as const;

export type ConnectionState = (typeof connectionStates)[number];

export interface Traffic {
  count: number;
  /** Null: none yet. */
  lastAt: number | null;
}

/** Null: not known. */
export interface BotSession {
  createdAt: number | null;
  refreshedAt: number | null;
  expiresAt: number | null;
}

export interface BotError {
  at: number;
  name: string;
  message: string;
  /** At most 2,000 characters. */
  stack: string;
}

export interface Timing {
  count: number;
  sumMs: number;
  maxMs: number;
}

/** A longer line ends the connection, bytes. */
export const maxBeatBytes = 8 * 1024;

export const maxNames = 32;

/** Names what the socket is, for bots in places where it is not the usual one. */
export const heartbeatVariable = 'HOLDFAST_HEARTBEAT';

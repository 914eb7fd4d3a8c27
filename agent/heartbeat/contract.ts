import type { ConnectionState } from '../protocol/heartbeat.ts';

export interface HeartbeatOptions {
  /** Which of the bots of one process; without it: the only one. */
  bot?: string;
  /** Where it is said; without it `$HOLDFAST_HEARTBEAT`, else the socket of the service. */
  socket?: string;
  /** A sign of life at least so often, ms (default: 10,000; at least 1,000). Null: only when `alive` or something else is said. */
  everyMs?: number | null;
}

/** ms since the epoch, or a Date. Null: not known. */
export type Moment = number | Date | null;

export interface SessionTimes {
  createdAt?: Moment;
  refreshedAt?: Moment;
  /** When the login ends by itself. */
  expiresAt?: Moment;
}

/** What a person has to do before the bot can go on. */
export interface Need {
  kind: 'qr' | 'code' | 'login';
  text: string;
}

/** Says how a bot is. No call throws, waits or keeps the process running; each changes memory and nothing else. */
export interface Heartbeat {
  /** A change is told at once. @param why in the bot's own words */
  connection(state: ConnectionState, why?: string): void;
  /** Messages that came in. @param count 1 without it; 0 says that they are counted */
  received(count?: number): void;
  /** Messages that went out. */
  sent(count?: number): void;
  /** Of the login with the service. What is left out stays as it was. */
  session(times: SessionTimes): void;
  /** Anything that was thrown. Told with its stack, which is cut. */
  error(error: unknown): void;
  /** Anything else that is counted. At most 32 names; what is beyond is counted as `other`. */
  count(name: string, n?: number): void;
  /** Anything that takes time. */
  time(name: string, ms: number): void;
  /** Times a function or what it promises. What it returns or throws is passed on. */
  timed<T>(name: string, act: () => T): T;
  /** Null: nothing any more. Shown to people, never stored or logged. */
  needs(need: Need | null): void;
  /** The bot is alive: for loops that say it themselves, with `everyMs: null`. */
  alive(): void;
  /** Says the last of it and hangs up. Resolves after a quarter of a second at the latest; no call does anything after it. */
  close(): Promise<void>;
}

import type { DatabaseSync } from 'node:sqlite';
import type { TelegramConfig } from '../../../agent/model/config/config.ts';
import type { LiveScreen, NotifierEvent } from '../../../agent/protocol/notifier.ts';
import type { Agent } from '../agent/connection.ts';
import type { Say } from '../process-log.ts';
import type { ApiOptions } from './api/api.ts';
import type { LoginTimes } from './login/logins.ts';
import type { PollWaits } from './polling/trouble.ts';

export interface TelegramOptions {
  token: string;
  settings: TelegramConfig;
  /** The notifier's; the tables of this folder begin with `telegram_`. */
  db: DatabaseSync;
  agent: Agent;
  now(): number;
  say: Say;
  record(events: NotifierEvent[]): void;
  /** A screen as PNG. */
  picture(screen: LiveScreen): Promise<Uint8Array>;
  /** The machine's name. */
  host: string;
  /** Where alerts go now, at the start and after each change: for who tells them when the notifier cannot. */
  onChats(chats: string[]): void;
  /** For tests: how long calls may take, a long poll lasts, and what failed waits. */
  limits?: Pick<ApiOptions, 'callTimeoutSeconds' | 'pollTimeoutSeconds' | 'gapMs'>;
  pollSeconds?: number;
  waits?: PollWaits;
  loginTimes?: Partial<LoginTimes>;
}

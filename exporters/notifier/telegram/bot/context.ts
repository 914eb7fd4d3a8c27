import type { LiveScreen } from '../../../../agent/protocol/notifier.ts';
import type { Agent } from '../../agent/connection.ts';
import type { Say } from '../../process-log.ts';
import type { Logins } from '../login/logins.ts';
import type { Confirmations } from './confirmations.ts';

/** What every command and button works with. */
export interface BotContext {
  agent: Agent;
  /** The machine's name. */
  host: string;
  now(): number;
  /** Whether screens may leave the machine. */
  screens: boolean;
  /** A screen as PNG; rejects where that cannot be done. */
  picture(screen: LiveScreen): Promise<Uint8Array>;
  /** For whom one is made, and whose is sent, by user: each has one of either at a time. */
  pictures: { making: Set<string>; sending: Map<string, Promise<void>> };
  confirmations: Confirmations;
  logins: Logins;
  say: Say;
}

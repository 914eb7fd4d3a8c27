import type { BotNeed } from '../../agent/model/events/bot.ts';
import type { Actor } from '../../agent/model/events/incident.ts';
import type { Severity } from '../../agent/model/severity.ts';
import type { Headline } from '../../agent/model/text/headline.ts';

/** What a person may do about an alert, in the order of the buttons. */
export const cardActions = ['login', 'why', 'screen', 'restart', 'acknowledge', 'silence'] as const;

export type CardAction = (typeof cardActions)[number];

/**
 * What is to be told of one alert as it is now, the same for every channel. All texts are plain: redacted, without
 * control characters, and hostile to any markup they are put into. Times are ms since the epoch.
 */
export interface Card {
  alert: string;
  /** Rises with every change; a channel that has told a later one never tells an earlier one. */
  revision: number;
  /** The alert's kind, as in docs/ALERTS.md. */
  kind: string;
  severity: Severity;
  status: 'firing' | 'resolved';
  /** Resolved because nothing more will be said of it, not because all is well. People are not told that. */
  lapsed: boolean;
  acknowledged: { at: number; by: string } | null;
  /** The newest incident, and up to fifty of them, oldest first; null and empty where it is about none. */
  incident: string | null;
  incidents: string[];
  /** How often it happened. */
  count: number;
  /** W3C trace id of the newest event. */
  trace: string;
  /** The machine's name. */
  host: string;
  sessions: string[];
  openedAt: number;
  updatedAt: number;
  /** One line: who, and what happened. */
  headline: string;
  /** The same, where it says what of it is a name; absent in a card that an older release kept. */
  headlineParts?: Headline;
  /** Who brought a death about; null: nobody, or nobody was seen. Absent in a card that an older release kept, as the next. */
  actor?: Actor | null;
  /** The same in one line, below the headline, with what of it is a name. */
  byline?: Headline | null;
  /** The rest, each with its label: cause, how sure, what was done, what is missing. */
  details: { label: string; text: string }[];
  /** The last lines of a screen, at most 600 characters. */
  screen: { session: string; text: string } | null;
  actions: CardAction[];
  /**
   * The session whose bot waits to be logged in, by the names themselves; null: there is none. Absent in a card that an
   * older release kept. What it takes to log in is never in a card.
   */
  login?: { server: string; session: string; need: BotNeed | null } | null;
  /** Whether a person should hear of this change, or find it when he looks. */
  loud: boolean;
}

/** Whether all is well again. */
export const isOver = ({ status, lapsed }: Pick<Card, 'status' | 'lapsed'>): boolean =>
  status === 'resolved' && !lapsed;

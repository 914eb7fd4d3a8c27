import type { AlertsConfig, Importance } from '../model/config/config.ts';
import type { AlertEvents } from '../model/events/alert.ts';
import type { Remote } from '../model/events/remote.ts';
import type { Severity } from '../model/severity.ts';

/** What the notifier works by: the part of the configuration that is about alerts. */
export interface AlertSettings {
  alerts: AlertsConfig;
  /** Of the declared sessions. */
  sessions: Record<
    string,
    {
      importance: Importance;
      restart: boolean;
      /** How serious it is that it waits for a person; absent: as ever. */
      waitingSeverity?: Severity;
    }
  >;
  /** The machine's name, for people with several. */
  host: string;
}

/** Event types that the notifier may have recorded. */
export const notifierEvents = [
  'alert.sent',
  'alert.failed',
  'remote.paired',
  'remote.unpaired',
  'remote.refused',
] as const;

export type NotifierEvent = {
  [T in (typeof notifierEvents)[number]]: {
    at: number;
    type: T;
    trace?: string;
    data: AlertEvents[T];
  };
}[(typeof notifierEvents)[number]];

/** A session's screen as it is now. */
export interface LiveScreen {
  session: string;
  /** Lines with SGR escapes, as `capture-pane -e` has them, redacted. */
  text: string;
  columns: number;
  rows: number;
  takenAt: number;
}

/** One alert, as people see it in a list. */
export interface AlertLine {
  alert: string;
  kind: string;
  severity: Severity;
  status: 'firing' | 'resolved';
  /** Resolved because nothing more will be said of it, not because all is well; a notifier of before lacks it. */
  lapsed?: boolean;
  headline: string;
  sessions: string[];
  /** The newest. */
  incident: string | null;
  /** How often it happened. */
  count: number;
  openedAt: number;
  updatedAt: number;
  acknowledgedAt: number | null;
  /** `sent`, `queued`, `failed`, `folded`, or the reason why it was not told; by channel. */
  channels: Record<string, string>;
}

/** What was sent to try a channel, and what came back. */
export interface TestResult {
  channel: string;
  outcome: 'accepted' | 'refused' | 'unreachable';
  /** For people: `message 17 to chat 1234`, `HTTP 204`, `ECONNREFUSED`. */
  detail: string;
  afterMs: number;
}

export interface PairingCode {
  code: string;
  /** Opens the chat with the code typed; null while the bot's name is not known. */
  url: string | null;
  bot: string | null;
  expiresAt: number;
}

export interface PairedPerson extends Remote {
  pairedAt: number;
  /** Where alerts go. */
  chat: string;
}

/** What the agent passes on to the notifier, over the connection on which it attached. */
export interface NotifierMethods {
  'alerts.list': { params: { limit: number }; result: { alerts: AlertLine[] } };
  'alerts.test': { params: { channel?: string }; result: { results: TestResult[] } };
  'pairing.begin': { params: Record<string, never>; result: PairingCode };
  'pairing.list': { params: Record<string, never>; result: { people: PairedPerson[] } };
  'pairing.remove': { params: { user: string }; result: { removed: PairedPerson } };
}

export type NotifierMethod = keyof NotifierMethods;

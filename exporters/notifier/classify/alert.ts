import type { BotNeed } from '../../../agent/model/events/bot.ts';
import type { Recurrence, Verdict } from '../../../agent/model/events/incident.ts';
import type { Severity } from '../../../agent/model/severity.ts';

/** What alerts are about: stable strings, a public contract (docs/ALERTS.md). */
export const alertKinds = [
  'session-died',
  'session-failed',
  'session-degraded',
  'session-waiting',
  'recovery-stopped',
  'server-died',
  'server-hung',
  'socket-lost',
  'link-lost',
  'bot-needs-login',
  'bot-logged-out',
  'bot-disconnected',
  'refresh-failed',
  'unit-died',
  'unit-failed',
  'agent-killed',
  'agent-silent',
  'machine-restarted',
  'config-rejected',
  'log-degraded',
  'log-damaged',
  'events-lost',
  'running-out',
  'person-paired',
  'test',
] as const;

export type AlertKind = (typeof alertKinds)[number];

/** What a verdict tells people. */
export type Finding = Pick<
  Verdict,
  'cause' | 'scope' | 'confidence' | 'summary' | 'signal' | 'exitStatus' | 'actor' | 'missing'
>;

/** As many as an alert keeps, the newest. */
export const maxIncidents = 50;

/** Something that people are to know, from its first sign until it is over. Plain JSON; times are ms since the epoch. */
export interface Alert {
  alert: string;
  /** Rises with every change. */
  revision: number;
  kind: AlertKind;
  /** While an alert of a kind is open, the next of the same subject is the same alert. */
  subject: string;
  severity: Severity;
  status: 'firing' | 'resolved';
  /** Nobody is told before: the verdict may come, or it may mend itself. Null: it may be told. */
  holdUntil: number | null;
  /** Why nobody is told, where it was over before anybody was; null: it may be told. */
  untold: 'mended-in-time' | 'inhibited' | null;
  openedAt: number;
  /** When it last began, and with which event: what is the same again begins anew. */
  firingAt: number;
  firingSeq: number;
  updatedAt: number;
  resolvedAt: number | null;
  /** It ended because nothing more will be said of it, not because all is well; absent: no. */
  lapsed?: boolean;
  trace: string;
  /** Null where no tmux server is meant. */
  server: string | null;
  /** The newest `maxIncidents`, oldest first. */
  incidents: string[];
  /** How often it happened. */
  count: number;
  sessions: string[];
  /** Those of them that are not back. */
  down: string[];
  /** The server of each, where it is known not to be the one above. */
  homes: Record<string, string>;
  finding: Finding | null;
  /** How the same came about before; null or absent: it did not. */
  recurrence?: Recurrence | null;
  /** How old the session that died first was, ms; null: not known. */
  ageMs: number | null;
  screen: { session: string; text: string } | null;
  /** What Holdfast and people did, in order. */
  deeds: { at: number; text: string }[];
  /** Holdfast brings its session back no more. */
  gaveUp: boolean;
  /** What else a person is told, by kind. */
  message: string;
  /** What a bot waits for somebody to do; null or absent: it does not say, or none is meant. */
  need?: BotNeed | null;
  acknowledged: { at: number; by: string } | null;
  /** When people were last to hear of it. */
  loudAt: number;
}

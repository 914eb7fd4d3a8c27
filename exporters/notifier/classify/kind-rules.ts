import type { Severity } from '../../../agent/model/severity.ts';
import type { AlertKind } from './alert.ts';

/** What is always so of a kind of alert. The words for people are in texts.ts and docs/ALERTS.md. */
export interface KindRule {
  /** Before anything is known that makes it more or less serious. */
  severity: Severity;
  /** How long nobody is told, because more comes or it mends itself, ms. */
  holdMs: number;
  /** Whether it goes on until something ends it; otherwise it is told once. */
  lasts: boolean;
}

/** The verdict comes some 200 ms after the death; a machine without time to spare may take longer. */
const verdictMs = 1500;

export const kindRules: Readonly<Record<AlertKind, KindRule>> = {
  'session-died': { severity: 'warning', holdMs: verdictMs, lasts: true },
  // Enough looks have agreed already.
  'session-failed': { severity: 'error', holdMs: 0, lasts: true },
  'session-degraded': { severity: 'warning', holdMs: 5 * 60_000, lasts: true },
  'session-waiting': { severity: 'warning', holdMs: 0, lasts: true },
  'recovery-stopped': { severity: 'critical', holdMs: 0, lasts: true },
  // A managed server is back within a second or two.
  'server-died': { severity: 'error', holdMs: 10_000, lasts: true },
  'server-hung': { severity: 'critical', holdMs: 0, lasts: true },
  // Holdfast makes a lost socket again within a second.
  'socket-lost': { severity: 'warning', holdMs: 10_000, lasts: true },
  // As long as an upgrade or a slow start of the link takes.
  'link-lost': { severity: 'error', holdMs: 30_000, lasts: true },
  // A bot that has a login may say so while it starts.
  'bot-needs-login': { severity: 'warning', holdMs: 15_000, lasts: true },
  'bot-logged-out': { severity: 'error', holdMs: 0, lasts: true },
  // Most come back by themselves: services restart, networks fail.
  'bot-disconnected': { severity: 'warning', holdMs: 300_000, lasts: true },
  // It failed several times by then.
  'refresh-failed': { severity: 'warning', holdMs: 0, lasts: true },
  // systemd starts it again: this is to be known, and need not be acted on.
  'unit-died': { severity: 'warning', holdMs: verdictMs, lasts: false },
  'unit-failed': { severity: 'critical', holdMs: verdictMs, lasts: true },
  'agent-killed': { severity: 'warning', holdMs: 0, lasts: false },
  // As long as an upgrade or a slow start of the agent takes.
  'agent-silent': { severity: 'critical', holdMs: 60_000, lasts: true },
  'machine-restarted': { severity: 'notice', holdMs: 5000, lasts: false },
  'config-rejected': { severity: 'warning', holdMs: 0, lasts: true },
  'log-degraded': { severity: 'error', holdMs: 5000, lasts: true },
  'log-damaged': { severity: 'error', holdMs: 0, lasts: false },
  'events-lost': { severity: 'warning', holdMs: 0, lasts: false },
  'running-out': { severity: 'warning', holdMs: 0, lasts: true },
  // Whoever paired him should hear of it, and whoever did not.
  'person-paired': { severity: 'warning', holdMs: 0, lasts: false },
  test: { severity: 'info', holdMs: 0, lasts: false },
};

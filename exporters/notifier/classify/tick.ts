import { isAtLeast } from '../../../agent/model/severity.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Alert } from './alert.ts';
import { type Book, put } from './book.ts';
import { resolveOpen } from './close.ts';
import { kindRules } from './kinds.ts';
import { raiseAlert } from './open.ts';

/** Whether it ends some day. What nobody declared need not come back, and people know of its end already. */
const goesOn = ({ kind, status, down }: Alert, { sessions }: AlertSettings): boolean =>
  status === 'firing' &&
  kindRules[kind].lasts &&
  (kind !== 'session-died' || down.some((session) => Object.hasOwn(sessions, session)));

/** What is serious, goes on, and nobody has said that he knows of. */
const isDueAgain = (alert: Alert, settings: AlertSettings, now: number): boolean =>
  goesOn(alert, settings) &&
  alert.acknowledged === null &&
  isAtLeast(alert.severity, 'error') &&
  // A clock that was set back must not make people wait.
  Math.abs(now - alert.loudAt) >= settings.alerts.repeatMs;

/** What time alone changes. */
export const tick = (book: Book, settings: AlertSettings, now: number): Book =>
  Object.values(book.alerts)
    .filter((alert) => isDueAgain(alert, settings, now))
    .reduce((after, alert) => put(after, { ...alert, loudAt: now, updatedAt: now }), book);

/** The agent does not answer, since `at`. */
export const agentGone = (book: Book, at: number): Book =>
  raiseAlert(book, 'agent-silent', '', { at, seq: book.cursor, trace: '' });

export const agentBack = (book: Book, at: number): Book =>
  resolveOpen(book, 'agent-silent', '', at);

import { isAtLeast } from '../../../agent/model/severity.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Alert } from './alert.ts';
import { type Book, findOpen, put } from './book.ts';
import { lapse, resolve } from './close.ts';
import { kindRules } from './kind-rules.ts';
import { raiseAlert, sameAgainMs } from './open.ts';
import { graceAfterStart, wasHeld } from './start-grace.ts';

/** Whether it ends some day. What nobody declared need not come back, and people know of its end already. */
const lasts = ({ kind, down }: Alert, { sessions }: AlertSettings): boolean =>
  kindRules[kind].lasts &&
  (kind !== 'session-died' || down.some((session) => Object.hasOwn(sessions, session)));

/** In what a death counts as repeated, ms: as long it stays the same alert when it happens again. */
export const undeclaredMs = 3_600_000;

/** Nothing will end it, and what comes now is no longer the same again. */
const hasLapsed = (alert: Alert, settings: AlertSettings, now: number): boolean => {
  const { status, kind, updatedAt } = alert;
  if (status !== 'firing' || lasts(alert, settings)) return false;
  // A clock that was set back must not keep it open.
  return Math.abs(now - updatedAt) > (kind === 'session-died' ? undeclaredMs : sameAgainMs);
};

/** What is serious, goes on, and nobody has said that he knows of. */
const isDueAgain = (alert: Alert, settings: AlertSettings, now: number): boolean =>
  alert.status === 'firing' &&
  // Once per wait.
  alert.kind !== 'session-waiting' &&
  lasts(alert, settings) &&
  alert.acknowledged === null &&
  isAtLeast(alert.severity, 'error') &&
  // A clock that was set back must not make people wait.
  Math.abs(now - alert.loudAt) >= settings.alerts.repeatMs;

/** What time alone changes. */
export const tick = (book: Book, settings: AlertSettings, now: number): Book =>
  Object.values(book.alerts).reduce((after, alert) => {
    if (hasLapsed(alert, settings, now)) return lapse(after, alert, now);
    const isDue = isDueAgain(alert, settings, now);
    return isDue ? put(after, { ...alert, loudAt: now, updatedAt: now }) : after;
  }, book);

/** The agent does not answer, since `at`. */
export const agentGone = (book: Book, at: number): Book =>
  raiseAlert(book, 'agent-silent', '', { at, seq: book.cursor, trace: '' });

export const agentBack = (book: Book, at: number): Book => {
  const silent = findOpen(book, 'agent-silent', '');
  return silent ? resolve(graceAfterStart(book, at, wasHeld(silent.firingAt)), silent, at) : book;
};

import type { Alert, AlertKind } from './alert.ts';
import { type Book, put } from './book.ts';
import { kindRules } from './kind-rules.ts';

/** What comes some time after the agent does. */
const awaited: readonly AlertKind[] = ['link-lost'];

/**
 * The agent, or the notifier, has only just started, as after a reboot: a link takes its time as well, and what nobody
 * was told of when the machine went down is held once more.
 * @param at when it started, ms since the epoch
 */
export const graceAfterStart = (
  book: Book,
  at: number,
  isUntold: (alert: Alert) => boolean,
): Book =>
  Object.values(book.alerts)
    .filter(({ kind, status }) => awaited.includes(kind) && status === 'firing')
    .filter(isUntold)
    .reduce((after, alert) => {
      const holdUntil = Math.max(alert.holdUntil ?? 0, at + kindRules[alert.kind].holdMs);
      return put(after, { ...alert, holdUntil });
    }, book);

/** Whether it was held still, at that time. */
export const wasHeld =
  (at: number) =>
  ({ holdUntil }: Alert): boolean =>
    holdUntil !== null && holdUntil > at;

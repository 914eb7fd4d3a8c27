import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';
import type { Card } from '../card.ts';
import type { DeliveryRow } from '../outbox/rows.ts';

/** An event is small: the message of a channel is cut. */
const maxMessage = 400;

const about = ({ alert, kind, incident }: Card, { channel }: DeliveryRow) => ({
  alert,
  kind,
  incident,
  channel,
});

const traced = ({ trace }: Card) => (trace === '' ? {} : { trace });

/** What the log is told of a message that people should have heard of; null for a change in place. */
export const sentNote = (card: Card, row: DeliveryRow, at: number): NotifierEvent | null => {
  if (!card.loud) return null;
  const { severity, status, updatedAt } = card;
  const afterMs = Math.max(0, at - updatedAt);
  const data = { ...about(card, row), severity, status, attempts: row.attempts + 1, afterMs };
  return { at, type: 'alert.sent', ...traced(card), data };
};

export const failedNote = (
  card: Card,
  row: DeliveryRow,
  failure: { code: string; message: string },
  at: number,
): NotifierEvent => ({
  at,
  type: 'alert.failed',
  ...traced(card),
  data: { ...about(card, row), code: failure.code, message: failure.message.slice(0, maxMessage) },
});

import type { Card } from '../card.ts';
import type { Outcome } from '../channel.ts';
import type { DeliveryRow } from '../outbox/rows.ts';
import { unusableMs, waitMs } from './back-off.ts';
import { failedNote, sentNote } from './note-of.ts';
import type { PumpPorts } from './pump-ports.ts';
import type { Trouble } from './trouble.ts';

type Failed = Exclude<Outcome, { kind: 'accepted' }>;

const settleFailed = (
  row: DeliveryRow,
  card: Card,
  failed: Failed,
  { outbox, now, random, onRefused }: PumpPorts,
): void => {
  const { channel } = row;
  const { kind, code, message } = failed;
  const at = now();
  if (kind === 'refused') {
    outbox.refused(row, code, failedNote(card, row, failed, at));
    onRefused(channel, code, message);
  } else if (kind === 'unusable') {
    outbox.unusable(channel, code, at + unusableMs);
  } else {
    const { everything } = failed;
    const failures = everything ? outbox.channels.of(channel).failures : row.attempts;
    const until = at + waitMs(failed.waitMs, failures, random());
    outbox.delayed(row, code, Math.ceil(until), everything);
  }
};

/** Stores what came of a delivery, which says what becomes of it. @throws where the disk does not take it */
export const settle = (
  row: DeliveryRow,
  card: Card,
  outcome: Outcome,
  ports: PumpPorts,
  trouble: Trouble,
): void => {
  if (outcome.kind === 'accepted') {
    const at = ports.now();
    ports.outbox.accepted(row, outcome.receipt, sentNote(card, row, at), at);
    trouble.over();
  } else {
    // What is wrong with one alert is no trouble of the channel.
    if (outcome.kind !== 'refused') trouble.say(outcome.code, outcome.message);
    settleFailed(row, card, outcome, ports);
  }
};

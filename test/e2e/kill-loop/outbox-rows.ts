import { DatabaseSync } from 'node:sqlite';
import type { Card } from '../../../exporters/notifier/card.ts';
import type { DeliveryRow } from '../../../exporters/notifier/outbox/rows.ts';

/** A storm as the notifier knows it: which incidents it is, and which message tells of it. */
export interface Folded {
  messages: number[];
  alerts: number;
  over: number;
  incidents: { incident: string; isOver: boolean }[];
}

/** What the notifier believes that a channel was told. */
export interface Believed {
  /** The ids of all messages of alerts and storms. */
  messages: Set<number>;
  storms: Folded[];
}

const reading = <T>(file: string, read: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
};

/** How many alerts are still to be told somewhere. */
export const waitingIn = (file: string): number =>
  reading(file, (database) => {
    const waiting = "state = 'waiting' or (state = 'held' and reason = 'held')";
    const row = database.prepare(`select count(*) as n from deliveries where ${waiting}`).get();
    return Number(row?.['n']);
  });

const messagesOf = ({ receipt }: DeliveryRow): number[] =>
  (receipt ?? '').replace(/^\d+:/, '').split(',').map(Number);

export const believedOf = (file: string, channel: string): Believed =>
  reading(file, (database) => {
    const rows = database
      .prepare('select * from deliveries where channel = ?')
      .all(channel) as unknown as DeliveryRow[];
    const told = rows.filter(({ receipt }) => receipt !== null);
    const foldedInto = Map.groupBy(
      rows.filter(({ state }) => state === 'folded'),
      ({ reason }) => reason,
    );
    const storms = [...foldedInto].map(([storm, parts]) => ({
      messages: told.filter(({ alert }) => alert === storm).flatMap(messagesOf),
      alerts: parts.length,
      over: parts.filter(({ over }) => over === 1).length,
      incidents: parts.flatMap(({ card, over }) =>
        (JSON.parse(card) as Card).incidents.map((incident) => ({ incident, isOver: over === 1 })),
      ),
    }));
    return { messages: new Set(told.flatMap(messagesOf)), storms };
  });

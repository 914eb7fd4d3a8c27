import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Test } from 'tap';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Card } from '../../../exporters/notifier/card.ts';
import { emptyBook } from '../../../exporters/notifier/classify/book.ts';
import type { Listener } from '../../../exporters/notifier/classify/route.ts';
import { graceAfterStart } from '../../../exporters/notifier/classify/start-grace.ts';
import { sentNote } from '../../../exporters/notifier/deliver/note-of.ts';
import { takeNext } from '../../../exporters/notifier/deliver/take-next.ts';
import { createDesk } from '../../../exporters/notifier/desk.ts';
import { openDatabase } from '../../../exporters/notifier/outbox/database.ts';
import { createOutbox } from '../../../exporters/notifier/outbox/outbox.ts';
import type { Reserve } from '../../../exporters/notifier/outbox/reserve.ts';
import { noon, settingsWith } from './classify/sample-events.ts';

export const phone: Listener = { name: 'telegram:1', audience: 'people', minSeverity: 'warning' };
export const hook: Listener = { name: 'webhook:ops', audience: 'programs', minSeverity: 'info' };

/** What is declared is told again for as long as it is down. */
const declared = ['a', 'b', ...Array.from({ length: 12 }, (_, i) => `s${i}`)];
const plain = settingsWith({
  sessions: Object.fromEntries(
    declared.map((name) => [name, { importance: 'normal' as const, restart: true }]),
  ),
});

export const directory = (t: Test): string => {
  const made = mkdtempSync(join(tmpdir(), 'holdfast-'));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

export interface Clock {
  now: number;
}

/** What a receiver was given, and whether it had had a message of that alert before. */
export interface Told {
  channel: string;
  card: Card;
  isNew: boolean;
}

interface RigOptions {
  file: string;
  clock?: Clock;
  settings?: AlertSettings;
  listeners?: Listener[];
  told?: Told[];
  reserve?: Reserve;
  wrap?(database: DatabaseSync): DatabaseSync;
}

/** A desk over a database, and receivers that take everything at once. */
export const openRig = (options: RigOptions) => {
  const { file, settings = plain, listeners = [phone, hook], told = [] } = options;
  const clock = options.clock ?? { now: noon };
  const setAside: string[] = [];
  const opened = openDatabase(file, (aside) => setAside.push(aside));
  // No power is cut here, and thousands of commits would wait for the disk.
  opened.exec('pragma synchronous = off');
  const database = options.wrap?.(opened) ?? opened;
  const outbox = createOutbox(database, () => 'vps-1', options.reserve);
  const current: { settings: AlertSettings; listeners: Listener[] } = { settings, listeners };
  const troubles: unknown[] = [];
  let turns = 0;
  const stored = outbox.load();
  const held = stored && graceAfterStart(stored, clock.now, ({ alert }) => outbox.isHeld(alert));
  const desk = createDesk(held ?? emptyBook(0), {
    outbox,
    settings: () => current.settings,
    listeners: () => current.listeners,
    now: () => clock.now,
    onTurn: () => {
      turns += 1;
    },
    onTrouble: (cause) => troubles.push(cause),
  });
  const listen = (listener: Listener): void => {
    outbox.channels.add(listener.name, outbox.cursor());
    if (!current.listeners.includes(listener)) current.listeners.push(listener);
  };
  for (const listener of listeners) outbox.channels.add(listener.name, outbox.cursor());

  /** One delivery as a pump makes it. @returns whether there was one */
  const deliver = (listener: Listener): boolean => {
    const ports = { outbox, onSuppressed: desk.suppressed };
    const age = (since: number, at: number): number => at - since;
    const next = takeNext(listener, ports, clock.now, age);
    if (!next) return false;
    const { row, card } = next;
    told.push({ channel: listener.name, card, isNew: row.receipt === null });
    outbox.accepted(row, `receipt of ${card.alert}`, sentNote(card, row, clock.now), clock.now);
    return true;
  };

  return {
    ...{
      outbox,
      desk,
      clock,
      told,
      setAside,
      troubles,
      current,
      listen,
      deliver,
      database: opened,
    },
    turns: () => turns,
    /** Everything that is due, with a second between two. */
    drain: (...to: Listener[]): void => {
      for (const listener of to.length > 0 ? to : current.listeners) {
        while (deliver(listener)) if (listener.audience === 'people') clock.now += 1050;
      }
    },
    /** What one channel was told, in a word each. */
    toldTo: ({ name }: Listener): string[] =>
      told
        .filter(({ channel }) => channel === name)
        .map(({ card, isNew }) => {
          const how = isNew ? 'new' : card.loud ? 'ring' : 'edit';
          return `${how} ${card.kind} ${card.status} ${card.severity}`;
        }),
    standing: ({ name }: Listener): (string | undefined)[] =>
      desk.list(100).map(({ channels }) => channels[name]),
    close: () => opened.close(),
  };
};

export type Rig = ReturnType<typeof openRig>;

export const rigFor = (t: Test, options: Partial<RigOptions> = {}): Rig => {
  const rig = openRig({ file: join(directory(t), 'outbox.db'), ...options });
  t.teardown(() => rig.database.isOpen && rig.close());
  return rig;
};

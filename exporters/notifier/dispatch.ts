import type { AlertSettings } from '../../agent/protocol/notifier.ts';
import { minSeverityOf } from './channel/configured.ts';
import type { Book } from './classify/book.ts';
import type { Listener } from './classify/route.ts';
import { createPumps } from './deliver/pumps.ts';
import { createDesk } from './desk.ts';
import type { Outbox } from './outbox/outbox.ts';
import { createTimer } from './timer.ts';
import type { Troubles } from './troubles.ts';

/** A disk that takes nothing is tried again after so long, ms. */
const tickAgainMs = 10_000;

export interface DispatchPorts {
  outbox: Outbox;
  settings(): AlertSettings;
  now(): number;
  troubles: Troubles;
  /** A delivery was settled. */
  onSettled(): void;
}

/** What decides what is told, and what tells it: each wakes the other. */
export const createDispatch = (book: Book, ports: DispatchPorts) => {
  const { outbox, settings, now, troubles, onSettled } = ports;

  const pumps = createPumps({
    outbox,
    now,
    steady: () => performance.now(),
    random: Math.random,
    onSettled,
    onTrouble: troubles.channel,
    onTroubleOver: troubles.channelOver,
    disk: { onTrouble: troubles.channelDisk, onTroubleOver: troubles.channelDiskOver },
    onRefused: troubles.refused,
    onSuppressed: (reason, count) => desk.suppressed(reason, count),
  });
  const listeners = (): Listener[] =>
    pumps.wanted().map(({ name, audience }) => {
      return { name, audience, minSeverity: minSeverityOf(name, settings().alerts) };
    });
  const desk = createDesk(book, {
    outbox,
    now,
    settings,
    listeners,
    onTurn: () => {
      pumps.wake();
      ticking.by(outbox.nextHeld() ?? Number.POSITIVE_INFINITY);
    },
    onTrouble: (cause) => {
      troubles.storing(cause);
      ticking.by(now() + tickAgainMs);
    },
  });
  const ticking = createTimer(() => desk.tick(), now);

  return {
    desk,
    pumps,
    stop: async (): Promise<void> => {
      // What is told last may ask for a tick.
      await pumps.stop();
      ticking.stop();
    },
  };
};

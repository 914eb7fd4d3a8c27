import type { AlertSettings } from '../../agent/protocol/notifier.ts';
import { minSeverityOf } from './channel/configured.ts';
import type { Book } from './classify/book.ts';
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

  const pumps = createPumps(
    {
      ...{ outbox, now, onSettled, random: Math.random, steady: () => performance.now() },
      ...{ onTrouble: troubles.channel, onTroubleOver: troubles.channelOver },
      onSuppressed: (reason, count) => desk.suppressed(reason, count),
    },
    (channel) => minSeverityOf(channel, settings().alerts),
  );
  const desk = createDesk(book, {
    ...{ outbox, now, settings, listeners: pumps.listeners },
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
    stop: (): Promise<void> => {
      ticking.stop();
      return pumps.stop();
    },
  };
};

import { type Breathe, createBreather } from '../breather.ts';
import { monotonicNow } from '../clock.ts';
import type { Recalled } from '../memory/recollection.ts';
import type { Lives } from '../process/lives.ts';
import { createSight, type Sight } from '../process/sight.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import { createNoticing, type Noticed } from './notice.ts';
import { clientOf, recallOf } from './recall.ts';
import { type Telling, takeLife } from './take-life.ts';
import { createTurns } from './turns.ts';

/** With so many that are not settled no more are read: what the kernel cannot keep meanwhile it counts as lost. */
const mostUnsettled = 256;

export interface IntakePorts {
  lives: Lives;
  telling: Telling;
  /** What the kernel has recorded of beginnings and ends since it was asked last. */
  readLives(breathe: Breathe): Promise<TraceRecord[]>;
  remember(entry: Recalled): void;
  /** Of clients that ended before nothing may have been told; ms on the monotonic clock. */
  missedClients(until: number): void;
  /** What happened before was noticed, as far as it will be; ms on the monotonic clock. */
  noticedUntil(): number;
  /** The kernel cannot be read any more. */
  onFailure(cause: unknown): void;
}

type Taken = Noticed | { kind: 'life'; record: TraceRecord };

/** Turns records of the kernel into what is remembered. */
export const createIntake = (ports: IntakePorts) => {
  const { lives, telling, readLives, remember, missedClients, noticedUntil, onFailure } = ports;
  const noticing = createNoticing();
  /** None of it yet. */
  let readUntil = 0;

  const noteLoss = (until: number): void => {
    lives.forgetThreads();
    missedClients(until);
  };

  /** @param seen a look at those who are there now */
  const take = (one: Taken, seen: Sight): void => {
    if (one.kind === 'life') {
      if (one.record.afterLoss) noteLoss(one.record.at);
      const client = takeLife(one.record, lives, telling);
      if (client) remember(clientOf(client, seen, lives));
    } else remember(recallOf(one, lives));
  };

  /**
   * In the order in which it happened: what is known of a process then may be forgotten a thousand beginnings later, and a
   * storm makes as many at once. What was noticed is gone from the kernel: it is remembered with what is known, even if
   * the rest cannot be read.
   * @throws where that is so
   */
  const takeIn = async (): Promise<void> => {
    // What is noticed later may have happened before.
    const until = Math.min(monotonicNow(), noticedUntil());
    const noticed = noticing.take();
    const breathe = createBreather();
    const seen = createSight();
    const [read] = await Promise.allSettled([readLives(breathe)]);
    const told = read.status === 'fulfilled' ? read.value : [];
    const all: Taken[] = [...told.map((record) => ({ kind: 'life' as const, record })), ...noticed];
    for (const one of all.sort((a, b) => a.record.at - b.record.at)) {
      take(one, seen);
      await breathe();
    }
    if (read.status === 'rejected') throw read.reason;
    readUntil = until;
  };
  const turns = createTurns(takeIn);

  const turn = (): Promise<void> => {
    const done = turns.turn();
    done.catch(onFailure);
    return done;
  };

  return {
    /** Looks at once at who is there. */
    notice: noticing.notice,
    /** Has what was noticed remembered soon, with all that is known by then. To be waited for where there is too much. */
    settle(): Promise<void> | undefined {
      noticing.endPiece();
      if (noticing.waiting() === 0) return undefined;
      const settled = turn();
      return noticing.waiting() > mostUnsettled ? settled : undefined;
    },
    /** Resolves when all that happened before is remembered: in a storm of processes that takes a while. */
    catchUp: turn,
    /** All that happened before is remembered, ms on the monotonic clock. */
    readUntil: () => readUntil,
    /** Resolves, never rejects, when nothing is under way any more. */
    idle: turns.idle,
  };
};

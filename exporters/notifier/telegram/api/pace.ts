import { setTimeout as delay } from 'node:timers/promises';
import type { Transformer } from 'grammy';

/** What Telegram lets a bot say in one chat. */
export interface Budget {
  /** Between the beginnings of two calls, ms. */
  gapMs: number;
  /** And no more than so many within a minute. */
  aMinute: number;
}

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const limits = {
  person: { gapMs: 1000, aMinute: Number.POSITIVE_INFINITY },
  group: { gapMs: 1000, aMinute: 20 },
} satisfies Record<string, Budget>;

const minuteMs = 60_000;

/** Of the calls of a chat, so many beginnings count. */
const mostKept = limits.group.aMinute;

/** How long until one more call may begin, ms. @param begun when the last ones did, oldest first */
export const msUntilNext = (
  begun: readonly number[],
  now: number,
  { gapMs, aMinute }: Budget,
): number => {
  const afterLast = (begun.at(-1) ?? Number.NEGATIVE_INFINITY) + gapMs;
  const ofMinute = begun.at(-aMinute) ?? Number.NEGATIVE_INFINITY;
  return Math.max(0, afterLast - now, ofMinute + minuteMs - now);
};

/** The calls of one chat: one after the other, so that each begins when the one before has ended. */
const createQueue = (budget: Budget) => {
  const begun: number[] = [];
  let last: Promise<unknown> = Promise.resolve();

  return <R>(isGivenUp: () => boolean, call: () => Promise<R>): Promise<R> => {
    const turn = last.then(async () => {
      // What nobody waits for any more keeps nobody waiting, and asks nothing of the server.
      if (isGivenUp()) return call();
      // Not by the clock of the wall: set back by a day, it would silence the chat for a day.
      await delay(msUntilNext(begun, performance.now(), budget));
      begun.push(performance.now());
      if (begun.length > mostKept) begun.shift();
      return call();
    });
    last = turn.catch(() => undefined);
    return turn;
  };
};

/**
 * Keeps what is said in a chat within Telegram's limits, sends and edits together.
 * @param gapMs for tests: another gap
 */
export const keepPace = (gapMs?: number): Transformer => {
  const queues = new Map<string, ReturnType<typeof createQueue>>();

  const queueOf = (chat: string): ReturnType<typeof createQueue> => {
    const budget = Number(chat) < 0 ? limits.group : limits.person;
    const known =
      queues.get(chat) ?? createQueue({ ...budget, ...(gapMs === undefined ? {} : { gapMs }) });
    queues.set(chat, known);
    return known;
  };

  return (ask, method, payload, signal) => {
    const call = () => ask(method, payload, signal);
    if (!('chat_id' in payload)) return call();
    return queueOf(String(payload.chat_id))(() => signal?.aborted ?? false, call);
  };
};

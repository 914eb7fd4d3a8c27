import { amountOf, fieldOf, momentOf } from './bounded.ts';
import type { Heartbeat } from './contract.ts';
import { createMissed, type MessageKeys } from './missed.ts';
import { createPollSince } from './poll-since.ts';
import { type PollTiming, type Round, startPollTimer } from './poll-timer.ts';

/** Messages; with `complete: false` there are more, and they are asked for again from the same time on. */
export type PollAnswer<Message> =
  | readonly Message[]
  | { messages: readonly Message[]; complete: boolean };

export interface PollingOptions<Message> extends MessageKeys<Message> {
  /**
   * Fetches messages; those of before do no harm.
   * @param since none that is older is missing, ms since the epoch
   * @param signal it is given up: another poll may begin; what it answers yet is still taken
   */
  poll(since: number, signal: AbortSignal): Promise<PollAnswer<Message>> | PollAnswer<Message>;
  /** Is given each message that no event brought: once, the oldest first. */
  onMissed(message: Message): unknown;
  /** So long without an event, and it is polled, ms (default: 300,000). */
  stalledAfterMs?: number;
  /** How often then, ms (default: 60,000). */
  everyMs?: number;
  /** A poll that takes longer is given up and asked again, ms (default: 120,000). */
  giveUpAfterMs?: number;
  /** Older messages are none that were missed, ms since the epoch (default: now). */
  since?: number;
  /** Told that events stall, and how many were missed. */
  beat?: Pick<Heartbeat, 'connection' | 'count' | 'received' | 'error'>;
}

/** Looks after messages that no event brings. No call throws, waits or keeps the process running. */
export interface PollingFallback<Message> {
  /** Whether messages came that no event brought, and no event since. */
  readonly stalled: boolean;
  /** An event brought a message. False: it was handed over before, and is not to be handled again. */
  heard(message: Message): boolean;
  close(): void;
}

/** setTimeout takes no longer one, ms. */
const longestMs = 2_147_483_647;

const waitOf = (given: unknown, usual: number): number =>
  Math.min(longestMs, Math.max(1, amountOf(given) ?? usual));

const timingOf = (given: Partial<PollTiming>): PollTiming => ({
  stalledAfterMs: waitOf(given.stalledAfterMs, 300_000),
  everyMs: waitOf(given.everyMs, 60_000),
  giveUpAfterMs: waitOf(given.giveUpAfterMs, 120_000),
});

/** Throws where it is none. */
const answerOf = <Message>(
  answer: PollAnswer<Message>,
): [messages: Message[], complete: boolean] =>
  'messages' in answer
    ? [Array.from(answer.messages), fieldOf(answer, 'complete') !== false]
    : [Array.from(answer), true];

/** For clients whose events stop while the rest of them works. */
export const createPollingFallback = <Message>({
  poll,
  onMissed,
  beat,
  ...options
}: PollingOptions<Message>): PollingFallback<Message> => {
  // Services say whole seconds.
  const begun = Math.floor((momentOf(options.since) ?? Date.now()) / 1000) * 1000;
  const missed = createMissed(options, begun);
  const since = createPollSince(begun);
  let stalled = false;
  let closed = false;

  const hand = async (message: Message): Promise<void> => {
    try {
      await onMissed(message);
    } catch (error) {
      beat?.error(error);
    }
  };

  const stall = (): void => {
    if (stalled) return;
    stalled = true;
    beat?.connection('degraded', 'events stall');
  };

  const take = (messages: readonly Message[], isQuiet: () => boolean): void => {
    for (const message of missed.take(messages, Date.now())) {
      beat?.received();
      beat?.count('events missed');
      if (isQuiet()) stall();
      void hand(message);
    }
  };

  const look = async ({ signal, isQuiet }: Round): Promise<void> => {
    const begunAt = Date.now();
    try {
      const [messages, complete] = answerOf(await poll(since.at, signal));
      if (closed) return;
      take(messages, isQuiet);
      if (!complete) beat?.count('polls cut');
      if (!signal.aborted) since.answered(begunAt, complete, Date.now());
    } catch {
      if (!signal.aborted) beat?.count('polls failed');
    }
  };

  const timer = startPollTimer(timingOf(options), look, () => beat?.count('polls late'));
  return {
    get stalled() {
      return stalled;
    },
    heard(message) {
      timer.heard();
      if (stalled) {
        stalled = false;
        beat?.connection('ready', 'events come again');
      }
      return missed.heard(message, Date.now());
    },
    close() {
      closed = true;
      timer.close();
    },
  };
};

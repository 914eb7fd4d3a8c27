import { createAccount } from './account.ts';
import { amountOf } from './bounded.ts';
import type { Heartbeat, HeartbeatOptions } from './contract.ts';
import { keepLastWords } from './last-words.ts';
import { lineOf } from './line.ts';
import { socketPath } from './place.ts';
import { startRhythm } from './rhythm.ts';
import { startSpeaker } from './speaker.ts';

export { type BotSession, type ConnectionState, connectionStates } from '../protocol/heartbeat.ts';
export { attachEmitter, type EventMeaning } from './attach/emitter.ts';
export { attachGrammy, type GrammyBot } from './attach/grammy.ts';
export {
  type PolledWhatsApp,
  pollWhatsApp,
  type WhatsAppPollingOptions,
} from './attach/poll-whatsapp.ts';
export { attachWebSocket, type WebSocketLike } from './attach/websocket.ts';
export { attachWhatsApp } from './attach/whatsapp.ts';
export type { PolledChat } from './attach/whatsapp-chats.ts';
export { type Backoff, type BackoffOptions, createBackoff } from './backoff.ts';
export {
  type Attempt,
  type Breaker,
  type BreakerOptions,
  type BreakerState,
  createBreaker,
} from './breaker.ts';
export type { Heartbeat, HeartbeatOptions, Moment, Need, SessionTimes } from './contract.ts';
export type { MessageKeys } from './missed.ts';
export {
  createPollingFallback,
  type PollAnswer,
  type PollingFallback,
  type PollingOptions,
} from './polling.ts';

const usualMs = 10_000;
const leastMs = 1000;

const everyOf = ({ everyMs = usualMs }: HeartbeatOptions): number | null =>
  everyMs === null ? null : Math.max(leastMs, amountOf(everyMs) ?? usualMs);

const timed = <T>(act: () => T, took: (ms: number) => void): T => {
  const began = performance.now();
  const end = (): void => took(performance.now() - began);
  let result: T;
  try {
    result = act();
  } catch (error) {
    end();
    throw error;
  }
  if (!(result instanceof Promise)) {
    end();
    return result;
  }
  // The one that is returned, so that a rejection nobody takes is still nobody's.
  return result.finally(end) as T;
};

/** Begins to say how a bot is; to nobody where nobody listens, until somebody does. Never throws. */
export const createHeartbeat = (options: HeartbeatOptions = {}): Heartbeat => {
  const account = createAccount(Date.now, options.bot);
  const path = socketPath(options.socket, process.env);
  const rhythm = startRhythm(everyOf(options), () => {
    account.settle();
    return speaker.say(() => lineOf(account.beat()));
  });
  const speaker = startSpeaker(path, rhythm.renew);
  const forget = keepLastWords({
    onCrash(error) {
      account.error(error);
      rhythm.news();
    },
    onExit: rhythm.flush,
  });
  let closed = false;

  /** Whatever the bot hands over, it is the same to the bot. */
  const noting =
    <Given extends unknown[]>(note: (...given: Given) => unknown) =>
    (...given: Given): void => {
      if (closed) return;
      try {
        if (note(...given) === true) rhythm.urgent();
        else rhythm.news();
      } catch {
        // Nothing of ours may harm the bot.
      }
    };

  const time = noting(account.time);
  return {
    connection: noting(account.connection),
    received: noting((count = 1) => account.received(count)),
    sent: noting((count = 1) => account.sent(count)),
    session: noting(account.session),
    error: noting(account.error),
    count: noting((name, n = 1) => account.count(name, n)),
    time,
    timed: (name, act) => timed(act, (ms) => time(name, ms)),
    needs: noting(account.needs),
    alive: noting(() => {}),
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      forget();
      rhythm.flush();
      rhythm.stop();
      return speaker.close();
    },
  };
};

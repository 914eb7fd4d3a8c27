import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../../../agent/model/failure.ts';
import type { TelegramStatus } from '../../../../agent/model/status/notifier-status.ts';
import type { Say } from '../../process-log.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import { atMost } from '../at-most.ts';
import type { Memory } from '../memory.ts';
import { pollingTexts } from '../texts/polling.ts';
import { createBotName } from './bot-name.ts';
import { afterRecovery, judge, noTrouble, type PollWaits, usualWaits } from './trouble.ts';
import { createUpdateSource } from './update-source.ts';

export interface PollingOptions {
  api: TelegramApi;
  memory: Memory;
  /** Public: the first half of the token. */
  botId: string;
  apiRoot: string;
  now(): number;
  say: Say;
  /** Called once for each update, after its number is kept; it never throws. @returns when there is room for the next */
  handle(update: unknown): Promise<void>;
  /** Seconds the server may keep silent. */
  pollSeconds?: number | undefined;
  waits?: PollWaits | undefined;
}

export interface Polling {
  start(): void;
  /** Resolves within a second. */
  stop(): Promise<void>;
  readonly state: Pick<TelegramStatus, 'polling' | 'lastUpdatesAt' | 'bot'>;
}

const usualPollSeconds = 50;
const stopMs = 800;

/** Keeps what outlives the process, where the disk takes it. @returns whether it does */
const keeping =
  ({ memory, say }: PollingOptions) =>
  (key: string, value: string): boolean => {
    try {
      memory.set(key, value);
      return true;
    } catch (error) {
      say('warn', 'the memory of the bot could not be written', { error: messageOf(error) });
      return false;
    }
  };

const internal = (error: unknown, { scrub }: TelegramApi): TelegramFailure =>
  new TelegramFailure('internal', scrub(messageOf(error)));

/** Asks for updates until it is stopped, whatever comes back. */
export const createPolling = (options: PollingOptions): Polling => {
  const { api, now, say, pollSeconds = usualPollSeconds, waits = usualWaits } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let polling: TelegramStatus['polling'] = 'waiting';
  let lastUpdatesAt: number | null = null;
  let history = noTrouble;
  let running: Promise<void> = Promise.resolve();

  const keep = keeping(options);
  const source = createUpdateSource({ ...options, keep, signal });
  const name = createBotName({ ...options, keep, signal });

  const succeeded = (): void => {
    lastUpdatesAt = now();
    polling = 'ok';
    if (history.current !== null) say('info', pollingTexts.back, { bot: name.current });
    history = afterRecovery(history);
  };

  const turn = async (): Promise<void> => {
    // The first after a trouble is to tell soon whether it is over.
    const updates = await source.fetch(polling === 'ok' ? pollSeconds : 0);
    succeeded();
    await name.learn();
    // They come again to whoever asks next.
    if (signal.aborted) return;
    for (const update of await source.settle(updates))
      if (!signal.aborted) await options.handle(update);
  };

  const failed = async (error: unknown): Promise<void> => {
    const failure = error instanceof TelegramFailure ? error : internal(error, api);
    const { code, message, method } = failure;
    const { kind, waitMs, explanation, history: next } = judge(history, failure, now(), waits);
    if (explanation !== null)
      say(kind === 'waiting' ? 'warn' : 'error', explanation, { method, code, message });
    polling = kind;
    history = next;
    await wait(waitMs, undefined, { signal });
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await turn();
      } catch (error) {
        if (!signal.aborted) await failed(error).catch(() => undefined);
      }
    }
  };

  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await atMost(stopMs, running);
    },
    get state() {
      return { polling, lastUpdatesAt, bot: name.current };
    },
  };
};

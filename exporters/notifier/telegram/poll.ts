import { setTimeout as wait } from 'node:timers/promises';
import { nextWait, type Pace } from '../../../agent/model/backoff.ts';
import { messageOf } from '../../../agent/model/failure.ts';
import type { TelegramStatus } from '../../../agent/model/notifier-status.ts';
import type { Say } from '../process-log.ts';
import type { TelegramApi } from './api/api.ts';
import { isUnauthorized, TelegramFailure } from './api/failure.ts';
import type { Memory } from './memory.ts';
import { pollingTexts } from './texts.ts';
import { allowedUpdates, lastUpdateId, updateId } from './update.ts';

/** How long to wait after what failed, ms. */
export interface PollWaits {
  network: Pace;
  conflict: Pace;
  unauthorized: number;
}

export const usualWaits: PollWaits = {
  network: { first: 1000, longest: 60_000 },
  conflict: { first: 30_000, longest: 5 * 60_000 },
  unauthorized: 10 * 60_000,
};

export interface PollOptions {
  api: TelegramApi;
  memory: Memory;
  /** Public: the first half of the token. Each bot numbers its updates for itself. */
  botId: string;
  /** Another server has other updates. */
  apiRoot: string;
  now(): number;
  say: Say;
  /** Called once for each update, after its number is kept; it never throws. @returns when there is room for the next */
  handle(update: unknown): Promise<void>;
  /** Seconds the server may keep silent. */
  seconds?: number;
  waits?: PollWaits;
}

export interface Polling {
  start(): void;
  /** Resolves within a second. */
  stop(): Promise<void>;
  readonly state: Pick<TelegramStatus, 'polling' | 'lastUpdatesAt' | 'bot'>;
}

type Trouble = Exclude<TelegramStatus['polling'], 'ok'>;

const usualSeconds = 50;
/** A bot that nobody wrote to for a week gets numbers anew (https://core.telegram.org/bots/api#update). */
const numbersLastMs = 6 * 24 * 60 * 60_000;

/** As many are asked for; what else an answer has is not looked at. */
const mostUpdates = 100;

/** However long a server asks us to wait: a longer timer would also be none at all (Node: 2^31 - 1 ms). */
const longestWaitMs = 10 * 60_000;

const askedWait = ({ retryAfterMs }: TelegramFailure): number =>
  retryAfterMs !== null && retryAfterMs > 0 ? Math.min(retryAfterMs, longestWaitMs) : 0;

/** A conflict after a longer time is another one. */
const conflictLastsMs = 60 * 60_000;

const troubleOf = (failure: TelegramFailure): Trouble => {
  if (isUnauthorized(failure)) return 'unauthorized';
  return failure.status === 409 ? 'conflict' : 'waiting';
};

const explain = (trouble: Trouble, message: string): string => {
  if (trouble !== 'conflict') return pollingTexts[trouble];
  return /webhook/i.test(message) ? pollingTexts.webhook : pollingTexts.conflict;
};

export const createPolling = (options: PollOptions): Polling => {
  const { api, memory, botId, now, say } = options;
  const waits = options.waits ?? usualWaits;
  const state: { polling: TelegramStatus['polling']; lastUpdatesAt: number | null; bot: string } = {
    polling: 'waiting',
    lastUpdatesAt: null,
    bot: memory.get(`bot ${botId}`) ?? '',
  };
  const stopping = new AbortController();
  const { signal } = stopping;
  const offsetKey = `offset ${botId} ${options.apiRoot}`;
  const [kept, keptAt] = (memory.get(offsetKey) ?? '').split(' ').map(Number);
  let offset = Number.isSafeInteger(kept) && Number(kept) <= lastUpdateId + 1 ? Number(kept) : 0;
  let offsetAt = keptAt ?? 0;
  /** What was last said of trouble, and the wait after it; null while there is none. */
  let trouble: { kind: Trouble; waitMs: number } | null = null;
  let isIntroduced = false;
  let conflictAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();

  const ask = (timeout: number, limit: number): Promise<unknown> => {
    const from = now() - offsetAt < numbersLastMs ? offset : 0;
    const params = { timeout, limit, allowed_updates: allowedUpdates };
    return api.poll('getUpdates', from > 0 ? { ...params, offset: from } : params, signal);
  };

  const keep = (key: string, value: string): boolean => {
    try {
      memory.set(key, value);
      return true;
    } catch (error) {
      say('warn', 'the memory of the bot could not be written', { error: messageOf(error) });
      return false;
    }
  };

  /** From here on the updates before `next` never come again, whatever becomes of us. */
  const settle = async (next: number): Promise<void> => {
    offset = next;
    offsetAt = now();
    // Telegram itself forgets what lies before the number it is asked for.
    if (!keep(offsetKey, `${next} ${offsetAt}`)) await ask(0, 1);
  };

  /** Who we are, once in each run; that it is not told now does not matter. */
  const introduce = async (): Promise<void> => {
    if (isIntroduced) return;
    const me = await api.me(signal).catch(() => null);
    isIntroduced = me !== null;
    const name = String(me?.username ?? '');
    if (name === state.bot || !/^\w{1,64}$/.test(name)) return;
    state.bot = name;
    keep(`bot ${botId}`, name);
  };

  const recovered = (): void => {
    state.lastUpdatesAt = now();
    state.polling = 'ok';
    if (trouble !== null) say('info', pollingTexts.back, { bot: state.bot });
    trouble = null;
  };

  const turn = async (): Promise<void> => {
    // The first after a trouble is to tell soon whether it is over.
    const seconds = state.polling === 'ok' ? (options.seconds ?? usualSeconds) : 0;
    const updates: unknown = await ask(seconds, mostUpdates);
    if (!Array.isArray(updates)) throw new TelegramFailure('no-list', 'getUpdates gave no list');
    recovered();
    await introduce();
    if (updates.length === 0) return;
    const numbered = updates.slice(0, mostUpdates).filter((update) => updateId(update) !== null);
    if (numbered.length === 0) throw new TelegramFailure('no-numbers', 'updates without numbers');
    const last = numbered.reduce((most, update) => Math.max(most, updateId(update) ?? 0), 0);
    await settle(last + 1);
    for (const update of numbered) if (!signal.aborted) await options.handle(update);
  };

  /** Two programs take turns in getting conflicts, and each goes well for a while in between. */
  const isNews = (kind: Trouble): boolean =>
    trouble?.kind !== kind && (kind !== 'conflict' || now() - conflictAt > conflictLastsMs);

  const waitAfter = (kind: Trouble, failure: TelegramFailure): number => {
    if (kind === 'unauthorized') return waits.unauthorized;
    if (kind === 'conflict')
      return now() - conflictAt > conflictLastsMs ? waits.conflict.first : waits.conflict.longest;
    const last = trouble?.kind === kind ? trouble.waitMs : null;
    return Math.max(nextWait(last, waits.network), askedWait(failure));
  };

  const failed = async (error: unknown): Promise<void> => {
    const failure =
      error instanceof TelegramFailure
        ? error
        : new TelegramFailure('internal', api.scrub(messageOf(error)));
    const { code, message } = failure;
    const kind = troubleOf(failure);
    if (isNews(kind))
      say(kind === 'waiting' ? 'warn' : 'error', explain(kind, message), { code, message });
    const waitMs = waitAfter(kind, failure);
    if (kind === 'conflict') conflictAt = now();
    state.polling = kind;
    trouble = { kind, waitMs };
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
      const limit = new AbortController();
      const late = wait(800, undefined, { signal: limit.signal }).catch(() => undefined);
      await Promise.race([running, late]);
      limit.abort();
    },
    state,
  };
};

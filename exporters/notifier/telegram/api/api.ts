import { autoRetry } from '@grammyjs/auto-retry';
import { Api, type ApiClientOptions, type RawApi } from 'grammy';
import { atMost } from '../at-most.ts';
import { failureOf } from './failure-of.ts';
import { createFetch, openDispatcher } from './fetch.ts';
import { keepPace } from './pace.ts';
import { createScrub, scrubbedTexts } from './scrub.ts';

export type ApiMethod = keyof RawApi;
export type ApiParams<M extends ApiMethod> = Parameters<RawApi[M]>[0];
export type ApiResult<M extends ApiMethod> = Awaited<ReturnType<RawApi[M]>>;

/** The Bot API. Whatever it fails with is a TelegramFailure, and the token is in nothing it says. */
export interface TelegramApi {
  /** Within the budget of its chat: sends and edits wait for each other. */
  call<M extends ApiMethod>(
    method: M,
    params: ApiParams<M>,
    signal?: AbortSignal,
  ): Promise<ApiResult<M>>;
  /** At once, for as long as the server keeps silent: for getUpdates alone. */
  poll<M extends ApiMethod>(
    method: M,
    params: ApiParams<M>,
    signal?: AbortSignal,
  ): Promise<ApiResult<M>>;
  /** The number of the bot, which is public. */
  botId: string;
  /** Who we are. */
  me(signal?: AbortSignal): Promise<ApiResult<'getMe'>>;
  /** Takes the token and other secrets of the connection out of a text. */
  scrub(text: string): string;
  close(): Promise<void>;
}

export interface ApiOptions {
  token: string;
  apiRoot: string;
  proxy: string | null;
  /** For tests: how long a call may take, and one of `poll`. */
  callTimeoutSeconds?: number;
  pollTimeoutSeconds?: number;
  /** The least time between two calls of one chat, ms. */
  gapMs?: number;
}

/** A picture over a slow line. */
const usualCallTimeoutSeconds = 30;
/** More than any server holds a getUpdates of ours. */
const usualPollTimeoutSeconds = 75;
/** What has to wait longer is the outbox's affair: it knows what became outdated meanwhile. */
const longestWaitSeconds = 3;

/** What is being sent may still be accepted; the pumps wait as long for it (deliver/pump.ts). */
const farewellMs = 4000;

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** The password in the address of a proxy, if there is one. */
const passwordOf = (proxy: string | null): string[] => {
  const password = proxy === null ? '' : (URL.parse(proxy)?.password ?? '');
  return password === '' ? [] : [decodeURIComponent(password)];
};

export const openApi = ({ token, apiRoot, proxy, ...limits }: ApiOptions): TelegramApi => {
  const scrub = createScrub([token, ...passwordOf(proxy)]);
  const dispatcher = openDispatcher(proxy);
  const options = (timeoutSeconds: number): ApiClientOptions => ({
    apiRoot: withoutSlash(apiRoot),
    timeoutSeconds,
    fetch: createFetch(dispatcher) as unknown as NonNullable<ApiClientOptions['fetch']>,
  });
  const sending = new Api(token, options(limits.callTimeoutSeconds ?? usualCallTimeoutSeconds));
  sending.config.use(
    autoRetry({
      maxDelaySeconds: longestWaitSeconds,
      maxRetryAttempts: 1,
      rethrowInternalServerErrors: true,
      rethrowHttpErrors: true,
    }),
    keepPace(limits.gapMs),
  );
  const polling = new Api(token, options(limits.pollTimeoutSeconds ?? usualPollTimeoutSeconds));

  const guarded = async <R>(
    method: string,
    call: () => Promise<R>,
    signal: AbortSignal | undefined,
  ): Promise<R> => {
    try {
      return await call();
    } catch (error) {
      throw failureOf(method, error, signal?.aborted ?? false, scrub);
    }
  };

  const calling =
    (raw: RawApi) =>
    <M extends ApiMethod>(
      method: M,
      params: ApiParams<M>,
      signal?: AbortSignal,
    ): Promise<ApiResult<M>> => {
      const call = raw[method] as (...all: unknown[]) => Promise<ApiResult<M>>;
      return guarded(method, () => call(scrubbedTexts(params, scrub), signal), signal);
    };

  return {
    call: calling(sending.raw),
    poll: calling(polling.raw),
    // grammY gives it no parameters: the signal is its first argument.
    me: (signal) => guarded('getMe', () => polling.raw.getMe(signal as never), signal),
    botId: token.split(':')[0] ?? '',
    scrub,
    close: async () => {
      await atMost(
        farewellMs,
        dispatcher.close().catch(() => undefined),
      );
      await dispatcher.destroy();
    },
  };
};

import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import { TelegramFailure } from './failure.ts';

/** The part of a `fetch` that grammY uses: it asks for nothing but the JSON of an answer. */
export type ApiFetch = (url: string, options: ApiRequest) => Promise<{ json(): Promise<unknown> }>;

interface ApiRequest {
  method: 'POST';
  headers: Record<string, string>;
  body: string | AsyncIterable<Uint8Array>;
  /** grammY's own kind, which undici refuses. */
  signal: Pick<AbortSignal, 'aborted' | 'addEventListener' | 'removeEventListener'>;
}

/** A hundred updates are far below; nothing else comes near. */
const mostBytes = 16 * 1024 * 1024;
const connectMs = 10_000;
/** A long poll is silent; grammY's own limit is the one that counts. */
const silenceMs = 120_000;
/** Between two parts of an answer that has begun. */
const stallMs = 15_000;

// undici's main file does the same; its proxies need `connect`.
Object.assign(Dispatcher.prototype, api);

export const openDispatcher = (proxy: string | null): Dispatcher => {
  const limits = { headersTimeout: silenceMs, bodyTimeout: stallMs, allowH2: false };
  const connect = { timeout: connectMs };
  return proxy === null
    ? new Agent({ ...limits, connect })
    : new ProxyAgent({ ...limits, uri: proxy, connect, requestTls: connect, proxyTls: connect });
};

const bridged = (signal: ApiRequest['signal']): { signal: AbortSignal; release(): void } => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    release: () => signal.removeEventListener('abort', abort),
  };
};

interface ApiAnswer {
  ok: boolean;
  error_code?: number;
  description?: string;
}

const isAnswer = (value: unknown): value is ApiAnswer =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What is no answer of a Bot API comes from something on the way, a proxy or a login page. */
const answerOf = (status: number, text: string): ApiAnswer => {
  const value = parse(text);
  if (!isAnswer(value))
    throw new TelegramFailure(`http-${status}`, `HTTP ${status}, and not an answer of the Bot API`);
  if (value.ok) return value;
  return {
    ...value,
    error_code: Number.isInteger(value.error_code) ? Number(value.error_code) : status,
    description: String(value.description ?? 'no description').slice(0, 500),
  };
};

/** Whole: a picture is small, and what has a length can be sent again by a proxy. */
const bodyOf = async (body: ApiRequest['body']): Promise<string | Buffer> => {
  if (typeof body === 'string') return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const textOf = async (body: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostBytes) throw new TelegramFailure('too-large', 'the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

export const createFetch =
  (dispatcher: Dispatcher): ApiFetch =>
  async (url, { method, headers, body, signal: theirs }) => {
    const { signal, release } = bridged(theirs);
    try {
      // HTTP has no `connection` header that a client of undici may set.
      const { connection: _, ...rest } = headers;
      const { origin, pathname, search } = new URL(url);
      const response = await dispatcher.request({
        origin,
        path: `${pathname}${search}`,
        method,
        headers: rest,
        body: await bodyOf(body),
        signal,
      });
      const answer = answerOf(response.statusCode, await textOf(response.body));
      return { json: async () => answer };
    } finally {
      release();
    }
  };

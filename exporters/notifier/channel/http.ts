import type { Dispatcher } from 'undici';
import { codeOf } from '../../../agent/model/failure.ts';
import { version } from '../../../agent/model/version.ts';
import { loadHttpAgent } from './http-agent.ts';
import { retryAfterMs } from './retry-after.ts';

export interface HttpRequest {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
}

/**
 * What came back. No text of ours in it has anything of the URL but its host: path and query may be secrets.
 * `text`: the beginning of the answer, words of others. `code`: `timeout`, `aborted`, or a code of Node or undici,
 * e.g. `ECONNREFUSED`, `UND_ERR_SOCKET`; `network` where there is none.
 */
export type HttpAnswer =
  | { kind: 'answer'; status: number; waitMs: number | null; text: string }
  | { kind: 'failure'; code: string; message: string };

export interface HttpClient {
  /** One request. Never throws, takes no longer than its limit, and follows no redirect. */
  post(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpOptions {
  env: NodeJS.ProcessEnv;
  now: () => number;
  /** For everything until the status of the answer is known. */
  limitMs?: number;
  /** For the body after that: what is not here by then is not waited for, the status says it all. */
  bodyMs?: number;
}

const defaults = { limitMs: 10_000, bodyMs: 2000 };

/** Enough to see why something was refused. */
const maxTextBytes = 4096;

type Body = Dispatcher.ResponseData['body'];

/** The beginning of a body, as far as it comes in time. */
const beginningOf = async (body: Body, ms: number): Promise<string> => {
  // What is destroyed before its end says so by an error.
  body.on('error', () => {});
  const late = setTimeout(() => body.destroy(), ms);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxTextBytes) break;
    }
  } catch {
    // The status is known; torn off, the text is what came until then.
  } finally {
    clearTimeout(late);
    body.destroy();
  }
  return Buffer.concat(chunks).subarray(0, maxTextBytes).toString('utf8');
};

/** The first code in a chain of causes. Messages are left alone: they may hold what was asked for. */
const firstCodeOf = (cause: unknown): string => {
  let at = cause;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const code = codeOf(at);
    if (code !== null && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
    at = at.cause;
  }
  return 'network';
};

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** User and password of a URL as the header they stand for; undici leaves them out. */
const authorization = ({ username, password }: URL): Record<string, string> => {
  if (username === '' && password === '') return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(plain).toString('base64')}` };
};

const send = (agent: Dispatcher, { url, headers, body }: HttpRequest, signal: AbortSignal) =>
  agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    headers: { 'user-agent': `holdfast-notifier/${version}`, ...authorization(url), ...headers },
    body,
    signal,
  });

export const createHttpClient = ({ env, now, ...limits }: HttpOptions): HttpClient => {
  const { limitMs, bodyMs } = { ...defaults, ...limits };
  let agent: Promise<Dispatcher> | null = null;

  const post = async (request: HttpRequest): Promise<HttpAnswer> => {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    const late = setTimeout(abort, limitMs);
    request.signal.addEventListener('abort', abort);
    if (request.signal.aborted) abort();
    try {
      agent ??= loadHttpAgent(env, limitMs);
      const { statusCode, headers, body } = await send(await agent, request, stop.signal);
      clearTimeout(late);
      const waitMs = retryAfterMs(one(headers['retry-after']), one(headers['date']), now());
      return {
        kind: 'answer',
        status: statusCode,
        waitMs,
        text: await beginningOf(body, bodyMs),
      };
    } catch (cause) {
      const { host } = request.url;
      if (request.signal.aborted) {
        return { kind: 'failure', code: 'aborted', message: `gave up asking ${host}` };
      }
      if (stop.signal.aborted) {
        const message = `${host} did not answer within ${limitMs / 1000} s`;
        return { kind: 'failure', code: 'timeout', message };
      }
      const code = firstCodeOf(cause);
      return { kind: 'failure', code, message: `${host} cannot be asked: ${code}` };
    } finally {
      clearTimeout(late);
      request.signal.removeEventListener('abort', abort);
    }
  };

  return {
    post,
    close: async () => {
      await (await agent?.catch(() => null))?.destroy();
    },
  };
};

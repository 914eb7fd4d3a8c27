import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { http } from '../builtins.ts';

/** What a client may cost us. Times in ms. */
export interface Limits {
  connections: number;
  /** Request line and headers together. */
  headerBytes: number;
  /** Time for the whole request to arrive. */
  requestMs: number;
  /** Time for the whole answer to be taken; Prometheus itself gives up after 10 s by default. */
  responseMs: number;
  idleMs: number;
}

export const defaultLimits: Limits = {
  connections: 32,
  headerBytes: 8 * 1024,
  requestMs: 5000,
  responseMs: 10_000,
  idleMs: 5000,
};

export interface Page {
  contentType: string;
  render: () => Promise<string>;
}

const plain = 'text/plain; charset=utf-8';

const answer = (
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, {
    'Content-Type': plain,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  // As a string: a Buffer of it would stay until the collector of garbage comes by.
  response.end(text);
};

/** Counts down from the start of the answer: progress byte by byte does not prolong it. */
const boundAnswer = (response: ServerResponse, ms: number): void => {
  const deadline = setTimeout(() => response.destroy(), ms);
  response.on('close', () => clearTimeout(deadline));
};

const respond = async (
  pages: ReadonlyMap<string, Page>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const [path = ''] = (request.url ?? '').split('?');
  const page = pages.get(path);
  if (!page) return answer(response, 404, `not found; there is ${[...pages.keys()].join(', ')}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answer(response, 405, 'only GET and HEAD\n', { Allow: 'GET, HEAD' });
  }
  answer(response, 200, await page.render(), { 'Content-Type': page.contentType });
};

/** A server of fixed pages that slow, broken or many clients cannot hurt. */
export const createPageServer = (pages: ReadonlyMap<string, Page>, limits: Limits): Server => {
  const server = http.createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: Math.min(1000, limits.requestMs),
    },
    (request, response) => {
      boundAnswer(response, limits.responseMs);
      respond(pages, request, response).catch(() => answer(response, 500, 'internal error\n'));
    },
  );
  server.maxConnections = limits.connections;
  return server;
};

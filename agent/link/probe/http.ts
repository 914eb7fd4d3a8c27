import type { ClientRequest, IncomingMessage } from 'node:http';
import type { HttpProbe } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import { codeOf, failed, ok, tooSlow } from './outcome.ts';

const maxRedirects = 3;

/** More is not a header, Node's own limit. Bytes. */
const maxHeaderSize = 16 * 1024;

type Get = (url: URL, signal: AbortSignal) => ClientRequest;

/** Node's clients take memory, and most links are never asked for this. */
const clientFor = async ({ protocol }: URL): Promise<Get> => {
  const { request } =
    protocol === 'https:' ? await import('node:https') : await import('node:http');
  const headers = { 'user-agent': 'holdfast', accept: '*/*', connection: 'close' };
  return (url, signal) => request(url, { headers, signal, maxHeaderSize, agent: false });
};

/** Where an answer sends us on; null: nowhere we go. */
const nextOf = ({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null => {
  if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return null;
  const next = URL.parse(headers.location, from);
  return next?.origin === from.origin ? next : null;
};

/** The head of an answer; its body is not read. */
const headOf = async (url: URL, signal: AbortSignal): Promise<IncomingMessage> => {
  const get = await clientFor(url);
  return new Promise((resolve, reject) => {
    const asked = get(url, signal);
    asked.once('error', reject);
    asked.once('response', (response) => {
      // What comes after the head is nobody's affair.
      asked.on('error', () => undefined);
      response.on('error', () => undefined);
      response.destroy();
      resolve(response);
    });
    asked.end();
  });
};

const judge = async (
  url: URL,
  wanted: number,
  signal: AbortSignal,
  left = maxRedirects,
): Promise<Finding> => {
  const head = await headOf(url, signal);
  const status = head.statusCode ?? 0;
  if (status === wanted) return ok(`HTTP ${status}`);
  const next = nextOf(head, url);
  if (next && left > 0) return judge(next, wanted, signal, left - 1);
  return failed(`HTTP ${status}, not ${wanted}`);
};

/** Asks with GET. No body is read, and no redirect to another origin is followed. */
export const probeHttp = async ({ url, status, timeoutMs }: HttpProbe): Promise<Finding> => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await judge(new URL(url), status, signal);
  } catch (cause) {
    return signal.aborted ? tooSlow(timeoutMs) : failed(`no HTTP answer: ${codeOf(cause)}`);
  }
};

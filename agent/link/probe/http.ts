import { connect, isIP, type Socket } from 'node:net';
import type { HttpProbe } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import { forbidden } from './forbidden.ts';
import { type HttpHead, readHead } from './http-head.ts';
import { errorName, failed, ok, tooSlow } from './outcome.ts';

const maxRedirects = 3;

/** As much of a head as Node's own server takes, characters. */
const maxHead = 16 * 1024;

/** Over TLS what a link is seldom asked for is loaded; Node's own HTTP would take more memory than all else here. */
const dial = async ({ protocol, hostname, port }: URL): Promise<Socket> => {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'http:') return connect({ host, port: Number(port || 80) });
  const { connect: connectSafely } = await import('node:tls');
  const named = isIP(host) === 0 ? { servername: host } : {};
  return connectSafely({ host, port: Number(port || 443), ...named });
};

const request = ({ host, pathname, search }: URL): string =>
  [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...['User-Agent: holdfast', 'Accept: */*', 'Connection: close', '', ''],
  ].join('\r\n');

/** Nothing of the body is kept, and the connection is given up with the head. */
const headOf = async (url: URL, signal: AbortSignal): Promise<HttpHead | Finding> => {
  const socket = await dial(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (result: HttpHead | Finding): void => {
      socket.destroy();
      resolve(result);
    };
    const stop = (): void => settle(failed('no answer in time'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    socket.on('error', (cause) => {
      const no = forbidden(cause);
      if (no) reject(no);
      settle(failed(`no HTTP answer: ${errorName(cause)}`));
    });
    socket.on('close', () => settle(failed('no HTTP answer: the connection was closed')));
    socket.setEncoding('latin1').on('data', (part: string) => {
      text = (text + part).slice(0, maxHead);
      const head = readHead(text);
      if (head === 'wrong') settle(failed('no HTTP answer: it speaks something else'));
      else if (head) settle(head);
      else if (text.length >= maxHead) settle(failed('no HTTP answer: its head does not end'));
    });
    socket.write(request(url));
  });
};

const nextOf = ({ status, location }: HttpHead, from: URL): URL | null => {
  if (status < 300 || status > 399 || location === null) return null;
  const next = URL.parse(location, from);
  return next?.origin === from.origin ? next : null;
};

const judge = async (
  url: URL,
  wanted: number,
  signal: AbortSignal,
  left = maxRedirects,
): Promise<Finding> => {
  const head = await headOf(url, signal);
  if ('reason' in head) return head;
  if (head.status === wanted) return ok(`HTTP ${wanted}`);
  const next = nextOf(head, url);
  if (next && left > 0) return judge(next, wanted, signal, left - 1);
  return failed(`HTTP ${head.status}, not ${wanted}`);
};

/** Asks with GET. No body is read, and no redirect to another origin is followed. @throws RequestFailure `probe-forbidden` */
export const probeHttp = async ({ url, status, timeoutMs }: HttpProbe): Promise<Finding> => {
  const signal = AbortSignal.timeout(timeoutMs);
  const finding = await judge(new URL(url), status, signal);
  return signal.aborted && finding.status !== 'ok' ? tooSlow(timeoutMs) : finding;
};

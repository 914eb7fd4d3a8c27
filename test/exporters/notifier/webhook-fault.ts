import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a receiver may do instead of answering 200. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Nothing is accepted, and the connection torn. */
  | { kind: 'tear-before' }
  /** Accepted, and the connection torn before the answer. */
  | { kind: 'tear-after' }
  /** Accepted, and never answered. */
  | { kind: 'never' }
  /** Accepted; the body of the answer never ends, byte after byte. */
  | { kind: 'slow-body' }
  /** Accepted; the body of the answer never ends, as fast as it is taken. */
  | { kind: 'endless-body' }
  /** Nothing is accepted; headers that never end. */
  | { kind: 'endless-headers' }
  /** Nothing is accepted; informational answers that never end. */
  | { kind: 'endless-informational' }
  /** Nothing is accepted; these bytes, and the end. */
  | { kind: 'garbage'; bytes: Buffer };

const accepting: ReadonlySet<Fault['kind']> = new Set([
  'tear-after',
  'never',
  'slow-body',
  'endless-body',
]);

/** Whether the delivery is taken all the same. */
export const accepts = (fault: Fault | null): boolean =>
  fault === null || accepting.has(fault.kind);

const drip = async (response: ServerResponse, text: string, everyMs: number): Promise<void> => {
  const socket = response.socket;
  while (socket && !socket.destroyed) {
    const goesOn = socket.write(text);
    if (everyMs > 0) await sleep(everyMs, undefined, { ref: false });
    else if (!goesOn)
      await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
};

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n';

/** Answers as `fault` says. The bytes go past Node's server: it would not send most of them. */
export const misbehave = async (fault: Fault, response: ServerResponse): Promise<void> => {
  const { socket } = response;
  socket?.on('error', () => {});
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, fault.headers);
      response.end(fault.body ?? '');
      return;
    case 'tear-before':
    case 'tear-after':
      socket?.resetAndDestroy();
      return;
    case 'never':
      return;
    case 'slow-body':
      socket?.write(head);
      return drip(response, 'x', 50);
    case 'endless-body':
      socket?.write(head);
      return drip(response, 'x'.repeat(65_536), 0);
    case 'endless-headers':
      socket?.write('HTTP/1.1 200 OK\r\n');
      return drip(response, 'x-more: and more\r\n', 1);
    case 'endless-informational':
      return drip(response, 'HTTP/1.1 102 Processing\r\n\r\n', 1);
    case 'garbage':
      socket?.end(fault.bytes);
  }
};

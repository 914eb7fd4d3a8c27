import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { attachEmitter } from '../../../agent/heartbeat/attach/emitter.ts';
import type { Emitter } from '../../../agent/heartbeat/attach/listen.ts';
import { attachWebSocket, type WebSocketLike } from '../../../agent/heartbeat/attach/websocket.ts';
import { createSaid } from './said.ts';

t.test('events of any emitter mean what they are said to mean', async (t) => {
  const emitter = new EventEmitter();
  const { beat, now } = createSaid();
  const detach = attachEmitter(
    emitter,
    {
      open: 'ready',
      gone: 'disconnected',
      message: 'received',
      reply: 'sent',
      ping: 'alive',
      joined: { count: 'joined' },
      error: 'error',
      expiry: (beat, at: number) => beat.session({ expiresAt: at }),
      broken: () => {
        throw new Error('in a meaning');
      },
    },
    beat,
  );
  t.match(now(), { in: { count: 0 }, out: { count: 0 } });
  for (const event of ['open', 'message', 'reply', 'reply', 'ping', 'joined', 'broken', 'gone']) {
    emitter.emit(event);
  }
  emitter.emit('expiry', 5000);
  t.throws(() => emitter.emit('error', new RangeError('unheard')), RangeError);
  t.match(now(), {
    connection: 'disconnected',
    why: 'gone',
    in: { count: 1 },
    out: { count: 2 },
    counters: { joined: 1 },
    session: { expiresAt: 5000 },
    errors: { count: 1, last: { name: 'RangeError' } },
  });
  detach();
  emitter.emit('message');
  t.equal(now().in?.count, 1);
});

t.test('an emitter that is none of Node is as good', async (t) => {
  const listeners = new Map<string, (...given: unknown[]) => void>();
  const emitter: Emitter = {
    on: (event, listener) => listeners.set(event, listener),
    removeListener: (event) => listeners.delete(event),
  };
  const { beat, now } = createSaid();
  const detach = attachEmitter(emitter, { error: 'error' }, beat);
  listeners.get('error')?.(new Error('x'));
  t.equal(now().errors?.count, 1);
  detach();
  t.equal(listeners.size, 0);
});

/** The real server of the package ws, whose types are not installed. */
const { WebSocketServer, WebSocket: PackageSocket } = (await import('ws' as string)) as {
  WebSocketServer: new (
    options: object,
  ) => EventEmitter & { address(): AddressInfo; close(): void };
  WebSocket: new (url: string) => EventEmitter & WebSocketLike & { close(code: number): void };
};

const startEcho = async (t: Test): Promise<string> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.teardown(() => server.close());
  server.on('connection', (socket: EventEmitter & WebSocketLike) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(server, 'listening');
  return `ws://127.0.0.1:${server.address().port}`;
};

t.test('a WebSocket of the package ws', async (t) => {
  const socket = new PackageSocket(await startEcho(t));
  const { beat, now, states } = createSaid();
  const detach = attachWebSocket(socket, beat);
  await once(socket, 'open');
  const answered = once(socket, 'message');
  socket.send('hello');
  await answered;
  socket.close(4001);
  await once(socket, 'close');
  t.same(states, ['connecting', 'ready', 'disconnected']);
  t.match(now(), { in: { count: 1 }, out: { count: 1 }, why: /^closed with 4001/ });
  detach();
  t.notOk(Object.hasOwn(socket, 'send'));
  t.equal(socket.listenerCount('message'), 0);
});

t.test('a WebSocket that is refused as unauthorised is logged out', async (t) => {
  for (const [status, state] of [
    [401, 'logged-out'],
    [503, 'disconnected'],
  ] as const) {
    const server = createServer((_, response) => response.writeHead(status).end());
    server.on('upgrade', (_, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.teardown(() => void server.close());
    const socket = new PackageSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { beat, now } = createSaid();
    attachWebSocket(socket, beat);
    const errors: unknown[] = [];
    socket.on('error', (error) => errors.push(error));
    await new Promise((resolve) => socket.on('close', resolve));
    t.equal(now().connection, state);
    t.equal(errors.length, 1, 'the bot hears of it as before');
    t.equal(now().errors?.count, 1);
  }
});

t.test('the WebSocket that Node has itself', async (t) => {
  const socket = new WebSocket(await startEcho(t));
  const { beat, now, states } = createSaid();
  const detach = attachWebSocket(socket, beat);
  const happened = (event: string): Promise<Event> =>
    new Promise((resolve) => socket.addEventListener(event, resolve, { once: true }));
  await happened('open');
  const late = createSaid();
  attachWebSocket(socket, late.beat)();
  t.same(late.states, ['ready'], 'one that is open already is ready');
  const answered = happened('message');
  socket.send('hello');
  await answered;
  const closed = happened('close');
  socket.close();
  await closed;
  t.same(states, ['connecting', 'ready', 'disconnected']);
  t.match(now(), { in: { count: 1 }, out: { count: 1 }, why: 'closed with 1005' });
  detach();
});

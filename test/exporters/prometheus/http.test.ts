import { once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import {
  createPageServer,
  defaultLimits,
  type Limits,
  type Page,
} from '../../../exporters/prometheus/http.ts';

const page = (render: () => Promise<string>): Page => ({ contentType: 'text/x-test', render });

const pages = new Map([
  ['/metrics', page(async () => 'metrics\n')],
  ['/broken', page(async () => Promise.reject(new Error('broken')))],
  ['/big', page(async () => 'x'.repeat(64 * 1024 * 1024))],
]);

const start = async (
  t: Test,
  limits: Partial<Limits> = {},
): Promise<{ server: Server; port: number }> => {
  const server = createPageServer(pages, { ...defaultLimits, ...limits });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
};

const fetchPage = async (port: number, path: string, method = 'GET') => {
  const outgoing = request({ port, path, method, agent: false }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = await response.setEncoding('utf8').toArray();
  return { status: response.statusCode, headers: response.headers, body: body.join('') };
};

/** A connection that says `text`; what it hears is collected. */
const say = (t: Test, port: number, text: string): { socket: Socket; heard: Promise<string> } => {
  const socket = connect(port, '127.0.0.1');
  t.teardown(() => socket.destroy());
  // A reset is one of the ways the server may end it.
  socket.on('error', () => {});
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk;
  });
  return { socket, heard: new Promise((resolve) => socket.on('close', () => resolve(answer))) };
};

t.test('pages, and what is none', async (t) => {
  const { port } = await start(t);
  const metrics = await fetchPage(port, '/metrics?x=1');
  t.equal(metrics.status, 200);
  t.equal(metrics.body, 'metrics\n');
  t.match(metrics.headers, {
    'content-type': 'text/x-test',
    'content-length': '8',
    'cache-control': 'no-store',
  });
  t.match(await fetchPage(port, '/metrics', 'HEAD'), { status: 200, body: '' });
  t.match(await fetchPage(port, '/'), { status: 404, body: /\/metrics/ });
  t.match(await fetchPage(port, '/__proto__'), { status: 404 });
  t.match(await fetchPage(port, '/metrics', 'POST'), {
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
  t.match(await fetchPage(port, '/broken'), { status: 500, body: 'internal error\n' });
});

t.test('a request line or headers too large are refused', async (t) => {
  const { port } = await start(t);
  const line = say(t, port, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`);
  t.match(await line.heard, /^HTTP\/1\.1 431 /);
  const header = say(t, port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  t.match(await header.heard, /^HTTP\/1\.1 431 /);
  const noise = say(t, port, '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n');
  t.match(await noise.heard, /^HTTP\/1\.1 400 /);
  t.match(await fetchPage(port, '/metrics'), { status: 200 });
});

t.test('a request that does not come to an end is ended', async (t) => {
  const { port } = await start(t, { requestMs: 100 });
  const silent = say(t, port, '');
  const slow = say(t, port, 'GET /metrics HTTP/1.1\r\nHost: x\r\n');
  const body = say(t, port, 'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx');
  t.match(await slow.heard, /^HTTP\/1\.1 408 /);
  await silent.heard;
  await body.heard;
  t.match(await fetchPage(port, '/metrics'), { status: 200 });
});

t.test('an answer nobody takes is given up', async (t) => {
  const { server, port } = await start(t, { responseMs: 100 });
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const lazy = connect(port, '127.0.0.1');
  t.teardown(() => lazy.destroy());
  lazy.on('error', () => {}).pause();
  lazy.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
  const [socket] = await connected;
  if (!socket.destroyed) await once(socket, 'close');
  t.ok(socket.destroyed);
  t.match(await fetchPage(port, '/metrics'), { status: 200 });
});

t.test('an idle connection is closed', async (t) => {
  const { port } = await start(t, { idleMs: 50 });
  const { heard } = say(t, port, 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
  t.match(await heard, /^HTTP\/1\.1 200 /);
});

t.test('connections past the limit are dropped, and those within it served', async (t) => {
  const { server, port } = await start(t, { connections: 3 });
  const held = [1, 2, 3].map(() => say(t, port, ''));
  await Promise.all(held.map(({ socket }) => once(socket, 'connect')));
  const dropped = once(server, 'drop');
  const refused = say(t, port, 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
  await dropped;
  t.equal(await refused.heard, '');
  const [first] = held;
  first?.socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  t.match(await first?.heard, /^HTTP\/1\.1 200 /);
});

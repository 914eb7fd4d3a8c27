import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { probeHttp } from '../../../../agent/link/probe/http.ts';
import { probeTcp } from '../../../../agent/link/probe/tcp.ts';

const listening = async (t: Test, server: Server): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const http = (t: Test, listener: RequestListener) => listening(t, createHttpServer(listener));
/** A server that says what it likes. */
const raw = (t: Test, speak: (socket: Socket) => void) =>
  listening(
    t,
    createServer((socket) => {
      socket.once('data', () => speak(socket));
    }),
  );

const ask = (port: number, path = '/', timeoutMs = 20_000, status = 200) =>
  probeHttp({ url: `http://127.0.0.1:${port}${path}`, status, timeoutMs });

t.test('the status it has to give, or another', async (t) => {
  const port = await http(t, (request, response) => {
    response.writeHead(request.url === '/ok' ? 200 : 503).end('body');
  });
  t.strictSame(await ask(port, '/ok'), { status: 'ok', reason: 'HTTP 200' });
  t.strictSame(await ask(port), { status: 'failed', reason: 'HTTP 503, not 200' });
  t.match(await ask(port, '/', 20_000, 503), { status: 'ok' });
});

t.test('a redirect is followed within the same origin, and not for ever', async (t) => {
  let elsewhere = 0;
  const other = await http(t, (_, response) => {
    elsewhere += 1;
    response.end();
  });
  const port = await http(t, ({ url = '' }, response) => {
    const to = { '/in': '/ok', '/out': `http://127.0.0.1:${other}/`, '/loop': '/loop' }[url];
    response.writeHead(to ? 302 : 200, to ? { location: to } : {}).end();
  });
  t.match(await ask(port, '/in'), { status: 'ok' });
  t.match(await ask(port, '/out'), { status: 'failed', reason: 'HTTP 302, not 200' });
  t.match(await ask(port, '/loop'), { status: 'failed', reason: 'HTTP 302, not 200' });
  t.equal(elsewhere, 0);
});

t.test('one that hangs, before or after it was heard, is given up', async (t) => {
  const silent = await raw(t, () => undefined);
  t.match(await ask(silent, '/', 300), { status: 'failed', reason: 'no answer within 300 ms' });
  const stuck = await raw(t, (socket) => socket.write('HTTP/1.1 200 OK\r\nx: '));
  t.match(await ask(stuck, '/', 300), { status: 'failed', reason: 'no answer within 300 ms' });
});

t.test('one that floods is answered by its head, or by none', async (t) => {
  const body = await http(t, (_, response) => {
    response.on('error', () => undefined);
    const more = (): void => {
      while (response.writable && response.write('x'.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  });
  t.match(await ask(body), { status: 'ok' });
  const headers = await raw(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const more = (): void => {
      while (socket.writable && socket.write(`x-${'y'.repeat(1000)}: z\r\n`));
      socket.once('drain', more);
    };
    more();
  });
  t.match(await ask(headers), {
    status: 'failed',
    reason: 'no HTTP answer: its head does not end',
  });
});

t.test('what is no HTTP, or nobody, is a failure', async (t) => {
  const liar = await raw(t, (socket) => socket.end('\x1b[31mlogin expired\r\n\r\n'));
  t.match(await ask(liar), {
    status: 'failed',
    reason: 'no HTTP answer: it speaks something else',
  });
  const closed = await raw(t, (socket) => socket.destroy());
  t.match(await ask(closed), {
    status: 'failed',
    reason: /^no HTTP answer: (ECONNRESET|the connection was closed)$/,
  });
  t.match(await ask(1), { status: 'failed', reason: 'no HTTP answer: ECONNREFUSED' });
  const tls = { url: `https://127.0.0.1:${liar}/`, status: 200, timeoutMs: 20_000 };
  t.match(await probeHttp(tls), { status: 'failed', reason: /^no HTTP answer: / });
});

t.test('a port that takes connections, and one that does not', async (t) => {
  const port = await raw(t, () => undefined);
  const tcp = (to: number, host = '127.0.0.1') => probeTcp({ host, port: to, timeoutMs: 20_000 });
  t.strictSame(await tcp(port), { status: 'ok', reason: `port ${port} takes connections` });
  t.match(await tcp(1), { status: 'failed', reason: 'port 1: ECONNREFUSED' });
});

t.test('whoever had to wait for his own turn does not call the other side slow', async (t) => {
  const port = await raw(t, () => undefined);
  const probed = probeTcp({ host: '127.0.0.1', port, timeoutMs: 20 });
  // As a process is that gets no processor.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  t.match(await probed, { status: 'ok' });
});

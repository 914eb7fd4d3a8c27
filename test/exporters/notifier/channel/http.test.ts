import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import t, { type Test } from 'tap';
import type { HttpAnswer } from '../../../../exporters/notifier/channel/http.ts';
import { generator } from '../../../e2e/random.ts';
import type { Fault } from '../webhook-fault.ts';
import {
  closedPort,
  hasty,
  hastyBody,
  httpFor,
  type Limits,
  never,
  patient,
  receiving,
} from './receiving.ts';

const secret = 'hook-SECRET-0123456789';

const ask = async (t: Test, origin: string | URL, options = {}): Promise<HttpAnswer> => {
  const url = new URL(`/${secret}?key=${secret}`, origin);
  const http = httpFor(t, { ...patient, ...options });
  return http.post({ url, headers: {}, body: '{}', signal: never() });
};

const askFaulty = async (t: Test, fault: Fault, limits: Limits = hasty): Promise<HttpAnswer> => {
  const { url } = await receiving(t, [fault]);
  return ask(t, url, limits);
};

/** Where nothing ends by itself: without limits of ours these would take minutes, or for ever. */
const untilEnd = { timeout: 60_000 };

t.test('status, wait and the beginning of the text', async (t) => {
  const { url, requests } = await receiving(t, [
    { kind: 'status', status: 503, headers: { 'retry-after': '7' }, body: 'ä'.repeat(4000) },
  ]);
  const answer = await ask(t, url);
  t.match(answer, { kind: 'answer', status: 503, waitMs: 7000 });
  t.equal(answer.kind === 'answer' && answer.text, 'ä'.repeat(2048));
  t.match(requests[0]?.headers['user-agent'], /^holdfast-notifier\/\d/);
  t.equal(requests[0]?.path, `/${secret}?key=${secret}`);
});

t.test('redirects are answers', async (t) => {
  const elsewhere = await receiving(t);
  const location = elsewhere.url.href;
  const { url } = await receiving(t, [{ kind: 'status', status: 307, headers: { location } }]);
  t.match(await ask(t, url), { kind: 'answer', status: 307 });
  t.same(elsewhere.requests, []);
});

t.test('user and password of an address are sent as such', async (t) => {
  const { url, requests } = await receiving(t);
  url.username = 'user';
  url.password = 'p%40ss';
  await httpFor(t).post({ url, headers: {}, body: '', signal: never() });
  t.equal(requests[0]?.headers.authorization, `Basic ${btoa('user:p@ss')}`);
});

t.test('nobody is there', async (t) => {
  t.match(await ask(t, await closedPort(t)), { kind: 'failure', code: 'ECONNREFUSED' });
  t.match(await ask(t, 'http://nowhere.invalid'), { kind: 'failure', code: /^E/ });
});

t.test('torn, silent and endless servers end in time', untilEnd, async (t) => {
  t.match(await askFaulty(t, { kind: 'tear-before' }), { kind: 'failure' });
  t.match(await askFaulty(t, { kind: 'never' }), { kind: 'failure', code: 'timeout' });
  t.match(await askFaulty(t, { kind: 'endless-headers' }), { kind: 'failure' });
  t.match(await askFaulty(t, { kind: 'endless-informational' }), { kind: 'failure' });
});

t.test(
  'once the status is known, the body is waited for a little and bounded',
  untilEnd,
  async (t) => {
    const slow = await askFaulty(t, { kind: 'slow-body' }, hastyBody);
    t.match(slow, { kind: 'answer', status: 200, text: /^x*$/ });
    const endless = await askFaulty(t, { kind: 'endless-body' }, patient);
    t.match(endless, { kind: 'answer', status: 200, text: 'x'.repeat(4096) });
  },
);

t.test('it is given up when it is told to', async (t) => {
  const { url, requests } = await receiving(t, [{ kind: 'never' }]);
  const stop = new AbortController();
  const asked = httpFor(t).post({ url, headers: {}, body: '', signal: stop.signal });
  while (requests.length === 0) await new Promise(setImmediate);
  stop.abort();
  t.match(await asked, { kind: 'failure', code: 'aborted' });
  const late = await httpFor(t).post({ url, headers: {}, body: '', signal: stop.signal });
  t.match(late, { kind: 'failure', code: 'aborted' });
  t.equal(requests.length, 1);
});

t.test('a failure says nothing of path, query or password', async (t) => {
  const faults: Fault[] = [{ kind: 'tear-before' }, { kind: 'never' }, { kind: 'endless-headers' }];
  for (const fault of faults) {
    const answer = await askFaulty(t, fault);
    t.equal(answer.kind, 'failure');
    t.notMatch(JSON.stringify(answer), /SECRET/);
  }
  for (const origin of [await closedPort(t), 'http://nowhere.invalid']) {
    const url = new URL(origin);
    url.username = secret;
    url.password = secret;
    const http = httpFor(t, hasty);
    const answer = await http.post({ url, headers: {}, body: '', signal: never() });
    t.notMatch(JSON.stringify(answer), /SECRET/);
  }
});

/** A proxy that tunnels, as for https, or passes plain requests on. */
const proxy = async (t: Test): Promise<{ url: string; asked: string[] }> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('by proxy');
  });
  server.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    const [, port] = String(url).split(':');
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(through).pipe(socket);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

t.test('the proxy of the environment is used', async (t) => {
  const { url, asked } = await proxy(t);
  const receiver = await receiving(t);
  const env = { HTTPS_PROXY: url, HTTP_PROXY: url };
  t.match(await ask(t, receiver.url, { env }), { kind: 'answer', status: 200 });
  const { host } = receiver.url;
  // The receiver speaks no TLS: that it was asked for through the tunnel is what counts.
  t.match(await ask(t, `https://${host}`, { env }), { kind: 'failure' });
  t.match(asked.at(-1), `CONNECT ${host}`);
  const before = asked.length;
  t.ok(before >= 2);
  const around = { ...env, NO_PROXY: '127.0.0.1' };
  t.match(await ask(t, receiver.url, { env: around }), { kind: 'answer', status: 200 });
  t.equal(asked.length, before);
});

t.test('an address of a proxy that is none is a failure', async (t) => {
  const env = { HTTPS_PROXY: 'not an address SECRET' };
  const answer = await ask(t, 'https://nowhere.invalid', { env });
  t.match(answer, { kind: 'failure' });
  t.notMatch(JSON.stringify(answer), /SECRET/);
});

t.test('whatever a server says, there is an answer in time', untilEnd, async (t) => {
  const random = generator(2);
  const parts = ['HTTP/1.1 ', '200', ' OK', '\r\n', '\r\n\r\n', 'content-length: ', '99', '-1'];
  const more = ['transfer-encoding: chunked', 'retry-after: ', '\0', 'ffffffff', ': ', '\x80é'];
  const words = [...parts, ...more];
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  for (let round = 0; round < 200; round += 1) {
    const head = random() < 0.7 ? `HTTP/1.1 ${100 + Math.floor(random() * 500)} x\r\n` : '';
    const text = head + Array.from({ length: Math.floor(random() * 12) }, word).join('');
    const { url } = await receiving(t, [{ kind: 'garbage', bytes: Buffer.from(text, 'latin1') }]);
    const answer = await ask(t, url, hasty);
    if (answer.kind === 'answer' && (answer.status < 100 || answer.status > 999)) {
      t.fail(`${answer.status} for ${JSON.stringify(text)}`);
    }
  }
});

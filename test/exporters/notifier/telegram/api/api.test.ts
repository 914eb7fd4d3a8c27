import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect as dial } from 'node:net';
import { inspect } from 'node:util';
import t, { type Test } from 'tap';
import { openApi } from '../../../../../exporters/notifier/telegram/api/api.ts';
import { createScrub } from '../../../../../exporters/notifier/telegram/api/scrub.ts';
import type { Fault } from '../../../../telegram/faults.ts';
import { shown } from '../../../../telegram/ledger.ts';
import { error, failureOf, startApi } from './start-api.ts';

t.test('a short wait is waited for, a long one is not', async (t) => {
  const { server, send } = await startApi(t);
  server.faults.next('sendMessage', { kind: 'error', code: 429, retryAfter: 1 });
  const began = performance.now();
  t.ok(await send());
  t.ok(performance.now() - began >= 900);
  server.faults.next('sendMessage', { kind: 'error', code: 429, retryAfter: 4 });
  t.match(await failureOf(send()), { status: 429, retryAfterMs: 4000 });
});

t.test('what is being sent when it is closed may still be accepted', async (t) => {
  const { server, api, send } = await startApi(t);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.next('sendMessage', { kind: 'held', moment: 'after', until: promise });
  const sending = send();
  await server.ledger.until('accepted', (ledger) => ledger.calls('sendMessage')[0]);
  const closing = api.close();
  resolve();
  t.ok((await sending).message_id);
  await closing;
});

t.test('a slow answer is waited for, and abortion is immediate', async (t) => {
  const { server, api, send } = await startApi(t);
  server.faults.next('sendMessage', { kind: 'slow', everyMs: 1 });
  t.ok(await send());
  const controller = new AbortController();
  server.faults.next('getUpdates', { kind: 'silence', moment: 'before' });
  const polling = failureOf(api.poll('getUpdates', { timeout: 20 }, controller.signal));
  await server.ledger.until('asked', (ledger) => ledger.calls('getUpdates')[0]);
  controller.abort();
  t.match(await polling, { code: 'aborted', status: null });
});

t.test('nobody listens', async (t) => {
  const { server, api } = await startApi(t);
  const dead = openApi({ token: server.token, apiRoot: 'http://127.0.0.1:1/', proxy: null });
  t.teardown(() => dead.close());
  t.match(await failureOf(dead.me()), { code: 'ECONNREFUSED' });
  t.match(await api.me(), { is_bot: true });
});

t.test('the token is in nothing that is thrown, and in no message', async (t) => {
  const { server, api, phone, send } = await startApi(t);
  const [, secret = ''] = server.token.split(':');
  const faults: Fault[] = [
    error(404, `no /bot${server.token}/sendMessage here`),
    error(400, `see ${encodeURIComponent(server.token)}`),
    { kind: 'page', code: 502, moment: 'before' },
    { kind: 'torn', moment: 'middle' },
  ];
  const leaked = (value: unknown): boolean =>
    inspect(value, { depth: 20, showHidden: true }).includes(secret);
  for (const fault of faults) {
    server.faults.next('sendMessage', fault);
    const failure = await failureOf(send(`my token is ${server.token}`));
    t.notOk(leaked(failure) || leaked(failure.stack) || leaked(failure.cause), inspect(fault));
  }
  const { token, root } = server;
  const hasty = openApi({ token, apiRoot: root, proxy: null, callTimeoutSeconds: 1 });
  const strange = openApi({ token, apiRoot: 'http://no.such.host.invalid', proxy: null });
  t.teardown(() => Promise.all([hasty.close(), strange.close()]));
  server.faults.always('getChat', { kind: 'silence', moment: 'before' });
  t.notOk(leaked(await failureOf(hasty.call('getChat', { chat_id: 4711 }))));
  t.notOk(leaked(await failureOf(strange.me())));
  await send(`a session printed ${server.token}`);
  const message = await phone.until('the message', /a session printed/);
  t.equal(shown(message).text, 'a session printed [redacted]');
  t.notOk(leaked(api));
});

t.test('scrubbing finds halves and percent-encoded ones', async (t) => {
  const scrub = createScrub(['123:AbC+dEfGh', 'p@ssword']);
  t.equal(
    scrub('x 123:AbC+dEfGh y AbC%2BdEfGh z p%40ssword'),
    'x [redacted] y [redacted] z [redacted]',
  );
  t.equal(createScrub([])('x'), 'x');
});

/** A proxy of the usual kind, for both kinds of address. */
const startProxy = async (t: Test) => {
  const seen: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    seen.push(
      `${incoming.method} ${incoming.url} ${incoming.headers['proxy-authorization'] ?? ''}`,
    );
    const { method, headers } = incoming;
    const onward = httpRequest(
      incoming.url ?? '',
      { method: method ?? 'GET', headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  proxy.on('connect', (incoming, socket, head) => {
    seen.push(`CONNECT ${incoming.url} ${incoming.headers['proxy-authorization'] ?? ''}`);
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    const onward = dial(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.teardown(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { seen, port: (proxy.address() as AddressInfo).port };
};

t.test('through a proxy', async (t) => {
  const { seen, port } = await startProxy(t);
  const { server, send } = await startApi(t, {
    proxy: `http://ada:geheim99@127.0.0.1:${port}`,
  });
  t.ok(await send());
  t.ok(seen.length > 0, 'it went through the proxy');
  t.match(seen[0], /Basic /, 'which was told who asks');
  server.faults.next('sendMessage', error(400, 'proxy password geheim99'));
  t.notMatch((await failureOf(send())).message, /geheim99/);
});

t.test('only a group becomes another chat, and only a supergroup', async (t) => {
  const { server, api } = await startApi(t);
  const cases: [string, unknown, string | null][] = [
    ['-5', -1_001_234_567_890, '-1001234567890'],
    ['-5', 4711, null],
    ['-5', '@somebody', null],
    ['4711', -1_001_234_567_890, null],
  ];
  for (const [chat, to, moved] of cases) {
    server.faults.next('sendMessage', {
      ...{ kind: 'error', code: 400, description: 'Bad Request: group chat was upgraded' },
      migrateTo: to as number,
    });
    const failure = await failureOf(api.call('sendMessage', { chat_id: chat, text: 'x' }));
    t.equal(failure.movedTo, moved, inspect([chat, to]));
  }
});

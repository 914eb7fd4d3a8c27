import { createRequire } from 'node:module';
import t from 'tap';
import type { Emitter } from '../../../agent/heartbeat/attach/listen.ts';
import { attachWhatsApp } from '../../../agent/heartbeat/attach/whatsapp.ts';
import { createSaid } from './said.ts';

/** Of the real package, whose browser is a stand-in: test/agent/heartbeat/no-browser. */
type Client = Emitter & {
  emit(event: string, ...given: unknown[]): boolean;
  listenerCount(event: string): number;
};
const { Client, Events, Message } = createRequire(import.meta.url)('whatsapp-web.js') as {
  Client: new (options: object) => Client;
  Message: new (client: Client, data: object) => object;
  Events: Record<string, string>;
};

const attached = () => {
  const client = new Client({});
  const said = createSaid();
  const detach = attachWhatsApp(client, said.beat);
  return { client, detach, ...said };
};

const message = (client: Client, fromMe: boolean): object =>
  new Message(client, {
    id: { fromMe, remote: '4915112345678@c.us', id: '3EB0', _serialized: 'x' },
    ...{ type: 'chat', body: 'hello', from: '4915112345678@c.us', to: 'me@c.us', t: 1_700_000_000 },
  });

t.test('a first login: a QR code is what it needs, until it is scanned', async (t) => {
  const { client, now, states } = attached();
  client.emit('qr', '2@first');
  client.emit('qr', '2@second');
  t.match(now(), { connection: 'needs-login', needs: { kind: 'qr', text: '2@second' } });
  client.emit('loading_screen', 42, 'WhatsApp');
  t.match(now(), { connection: 'connecting', why: 'loading, 42 %' });
  client.emit('authenticated');
  const { needs, session } = now();
  t.equal(needs, null);
  t.ok(session?.createdAt);
  client.emit('ready');
  client.emit('remote_session_saved');
  t.same(states, ['connecting', 'needs-login', 'connecting', 'ready']);
  t.match(now(), { reconnects: 0, in: { count: 0 }, out: { count: 0 } });
});

t.test('a pairing code is what it needs, too, and a login kept has no beginning', async (t) => {
  const { client, now } = attached();
  client.emit('code', 'ABCD-1234');
  t.match(now().needs, { kind: 'code', text: 'ABCD-1234' });
  const kept = attached();
  kept.client.emit('authenticated');
  t.match(kept.now().session, { createdAt: null, refreshedAt: Number, expiresAt: null });
});

t.test('messages are counted: those of others came in, own ones went out', async (t) => {
  const { client, now } = attached();
  const theirs = message(client, false);
  client.emit('message_create', theirs);
  client.emit('message', theirs);
  client.emit('message_create', message(client, true));
  client.emit('message_ack', theirs, 3);
  client.emit('message_edit', theirs, 'new', 'old');
  t.match(now(), {
    in: { count: 1 },
    out: { count: 1 },
    counters: { message_ack: 1, message_edit: 1 },
  });
});

t.test('how the connection is lost decides what it takes to have it back', async (t) => {
  for (const [event, given, state] of [
    ['disconnected', 'LOGOUT', 'logged-out'],
    ['disconnected', 'NAVIGATION', 'disconnected'],
    ['disconnected', 'Max qrcode retries reached', 'disconnected'],
    ['auth_failure', 'the session could not be restored', 'logged-out'],
    ['change_state', 'CONFLICT', 'degraded'],
    ['change_state', 'TIMEOUT', 'degraded'],
    ['change_state', 'UNPAIRED', 'logged-out'],
    ['change_state', 'TOS_BLOCK', 'disconnected'],
    ['change_state', 'OPENING', 'connecting'],
    ['change_state', 'toString', 'ready'],
  ] as const) {
    const { client, now } = attached();
    client.emit('ready');
    client.emit(event, given);
    t.equal(now().connection, state, given);
    if (state !== 'ready') t.equal(now().why, given);
  }
});

t.test('connected is no news before it is ready, and is after', async (t) => {
  const { client, states } = attached();
  client.emit('change_state', 'CONNECTED');
  t.same(states, ['connecting']);
  client.emit('ready');
  client.emit('change_state', 'TIMEOUT');
  client.emit('change_state', 'CONNECTED');
  t.same(states, ['connecting', 'ready', 'degraded', 'ready']);
});

t.test('every event of the client, with nothing or anything, harms nobody', async (t) => {
  const { client, now } = attached();
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );
  for (const event of Object.values(Events)) {
    for (const given of [undefined, null, 1, Symbol('x'), hostile]) client.emit(event, given);
  }
  t.ok(JSON.stringify(now()));
});

t.test('detached it hears nothing', async (t) => {
  const { client, detach, states } = attached();
  detach();
  for (const event of Object.values(Events)) t.equal(client.listenerCount(event), 0);
  t.same(states, ['connecting']);
});

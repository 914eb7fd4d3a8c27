import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Caller } from '../../../agent/api/access.ts';
import { createNotifierSeat, type NotifierPeer } from '../../../agent/api/notifier-seat.ts';
import { type ApiOptions, listenForClients, type Methods } from '../../../agent/api/server.ts';
import type { Receiver } from '../../../agent/api/subscriber.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import type { RequestHandlers } from '../../../agent/wire/answers.ts';
import { clientLimits, createPeer } from '../../../agent/wire/peer.ts';
import { aNotifier } from '../../exporters/prometheus/document.ts';
import { nobody } from '../model/sample.ts';
import { eventsUpTo } from './sample-log.ts';

const methodNames: AgentMethod[] = [
  ...(['version', 'status', 'events.read', 'incidents', 'incident', 'screen.read'] as const),
  ...(['session.start', 'session.stop', 'session.restart', 'session.send'] as const),
  ...(['session.attach', 'log.level', 'config.reload', 'screen.capture'] as const),
  ...(['alert.acknowledge', 'alert.silence', 'alert.unsilence', 'alert.settings'] as const),
  ...(['notifier.report', 'notifier.record', 'alerts.list', 'pairing.remove'] as const),
];

/** A server that answers with what it was asked, its clients, and the receivers of its subscribers. */
const serving = async (t: Test, more: Partial<ApiOptions> = {}) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-api-'));
  const path = join(directory, 'a.sock');
  // What a killed agent left behind.
  writeFileSync(path, '');
  const calls: unknown[] = [];
  const receivers: Receiver[] = [];
  const echo = (method: AgentMethod) => (params: unknown, by: unknown) => {
    calls.push([method, params, by]);
    return { params };
  };
  const methods = {
    ...Object.fromEntries(methodNames.map((method) => [method, echo(method)])),
    'events.subscribe': (params: unknown, receiver: Receiver) => {
      calls.push(['events.subscribe', params]);
      receivers.push(receiver);
      return { head: 7 };
    },
  } as unknown as Methods;
  const server = await listenForClients(path, {
    ...{
      methods,
      requesterOf: () => nobody,
      ownersOf: () => [],
      mode: 0o600,
      callerOf: () => ({
        uid: 0,
        isOperator: true,
        isReader: false,
        isNotifier: false,
        owner: null,
      }),
      onTrouble: (what) => t.fail(what),
      ...more,
    },
  });
  const sockets: Socket[] = [];
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  /** A client that the server has taken. */
  const client = async () => {
    const socket = connect(path);
    sockets.push(socket);
    await once(socket, 'connect');
    const heard: unknown[] = [];
    const notifications = { event: (told: unknown) => void heard.push(told) };
    const peer = createPeer(socket, { requests: {}, notifications }, clientLimits);
    return { ...peer, heard, socket };
  };
  return { path, calls, receivers, client };
};

const blob = 'a'.repeat(64);
const long = 'a'.repeat(1001);

const ada = { channel: 'telegram', user: '7', name: 'Ada' };
const notifierEvents = [
  { at: 1, type: 'remote.refused', trace: 'a'.repeat(32), data: { remote: ada, what: '/status' } },
  {
    ...{ at: 2.5, type: 'alert.sent' },
    data: {
      ...{ alert: 'a', kind: 'k', incident: null, channel: 'webhook:ops', severity: 'info' },
      ...{ status: 'resolved', attempts: 3, afterMs: 1 },
    },
  },
];

const accepted: [AgentMethod, unknown][] = [
  ['version', undefined],
  ['events.read', { after: 0, since: -1.5, session: 'bot', types: ['session.died'], limit: 1000 }],
  ['incidents', { limit: 200 }],
  ['incident', { id: '1' }],
  ['screen.read', { blob }],
  ['session.stop', { session: '会'.repeat(1000) }],
  ['session.send', { session: 'bot', text: 'x'.repeat(16_384), enter: false }],
  ['log.level', { level: 'debug', session: 'bot' }],
  ['screen.capture', { session: 'bot' }],
  ['alert.acknowledge', {}],
  ['alert.silence', { session: null, forMs: 60_000, reason: 'Schlaf 😴' }],
  ['alert.silence', { session: 'bot', forMs: 30 * 86_400_000, reason: 'x'.repeat(200) }],
  ['alert.unsilence', { silence: 's9' }],
  ['notifier.report', aNotifier()],
  ['notifier.record', { events: notifierEvents }],
  ['alerts.list', { limit: 200 }],
];

const refused: [AgentMethod, unknown, string][] = [
  ['version', { more: 1 }, 'more'],
  ['version', [1], '0'],
  ['status', 'now', 'params'],
  ['events.read', { after: -1 }, 'after'],
  ['events.read', { after: 1.5 }, 'after'],
  ['events.read', { since: '5' }, 'since'],
  ['events.read', { limit: 1001 }, 'limit'],
  ['events.read', { types: Array(61).fill('x') }, 'types'],
  ['events.read', { types: ['x'.repeat(61)] }, 'types.0'],
  ['events.read', { session: '' }, 'session'],
  ['events.read', { upTo: 5 }, 'upTo'],
  ['events.subscribe', {}, 'after'],
  ['events.subscribe', { after: 0, subscriber: 'Mail' }, 'subscriber'],
  ['events.subscribe', { after: 0, subscriber: 'a'.repeat(42) }, 'subscriber'],
  ['incidents', { limit: 201 }, 'limit'],
  ['incident', { id: 1 }, 'id'],
  ['screen.read', { blob: `../${'a'.repeat(61)}` }, 'blob'],
  ['screen.read', { blob: 'A'.repeat(64) }, 'blob'],
  ['session.start', {}, 'session'],
  ['session.stop', { session: long }, 'session'],
  ['session.restart', { session: ['bot'] }, 'session'],
  ['session.send', { session: 'bot', text: 'x' }, 'enter'],
  ['session.send', { session: 'bot', text: 'x'.repeat(16_385), enter: true }, 'text'],
  ['session.attach', { session: null }, 'session'],
  ['log.level', { level: '' }, 'level'],
  ['config.reload', { path: '/etc/passwd' }, 'path'],
  ['screen.capture', { session: 'bot', remote: ada }, 'remote'],
  ['session.send', { session: 'bot', text: 'x', enter: true, remote: ada }, 'remote'],
  ['session.stop', { session: 'bot', remote: { ...ada, channel: 'mail' } }, 'remote.channel'],
  ['session.stop', { session: 'bot', remote: { ...ada, name: 'x'.repeat(101) } }, 'remote.name'],
  ['session.stop', { session: 'bot', remote: { ...ada, user: '' } }, 'remote.user'],
  ['alert.silence', { session: 'bot', forMs: 59_999, reason: '' }, 'forMs'],
  ['alert.silence', { session: 'bot', forMs: 30 * 86_400_000 + 1, reason: '' }, 'forMs'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'x'.repeat(201) }, 'reason'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'a\u001b[2J' }, 'reason'],
  ['alert.silence', { session: 'bot', forMs: 60_000, reason: 'a\nb' }, 'reason'],
  ['alert.silence', { forMs: 60_000, reason: '' }, 'session'],
  ['alert.unsilence', {}, 'silence'],
  [
    'notifier.report',
    { ...aNotifier(), channels: Array(101).fill(aNotifier().channels[0]) },
    'channels',
  ],
  ['notifier.report', { ...aNotifier(), suppressed: { 'a b': 1 } }, 'suppressed.a b'],
  ['notifier.report', { ...aNotifier(), token: 'x' }, 'token'],
  ['notifier.record', { events: Array(101).fill(notifierEvents[0]) }, 'events'],
  ['notifier.record', { events: [{ at: 1, type: 'session.died', data: {} }] }, 'events.0.type'],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'alert.acknowledged', data: {} }] },
    'events.0.type',
  ],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'remote.paired', data: { remote: ada, admin: true } }] },
    'events.0.data.admin',
  ],
  [
    'notifier.record',
    { events: [{ at: 1, type: 'remote.refused', data: { remote: ada, what: 'x'.repeat(101) } }] },
    'events.0.data.what',
  ],
  ['alerts.list', { limit: 201 }, 'limit'],
  ['pairing.remove', { user: 7 }, 'user'],
];

t.test('the socket is for its owner only, and replaces what was left behind', async (t) => {
  const { path, client } = await serving(t);
  t.ok(statSync(path).isSocket());
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.ok(await (await client()).call('version', {}));
});

t.test('what is asked rightly is answered, and the kernel says who asked', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  for (const [method, params] of accepted) {
    t.strictSame(await call(method, params), { params: params ?? {} }, method);
  }
  t.strictSame(
    calls,
    accepted.map(([method, params]) => [method, params ?? {}, nobody]),
  );
});

t.test('whom the notifier asks for stands beside who asked', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  const params = { session: 'bot', remote: ada };
  await call('session.restart', params);
  t.strictSame(calls, [['session.restart', params, { ...nobody, remote: ada }]]);
});

t.test('nobody else may speak for somebody', async (t) => {
  const owner = { uid: 1000, isOperator: false, isReader: true, isNotifier: false, owner: 'ada' };
  const { client, calls } = await serving(t, { callerOf: () => owner, ownersOf: () => ['ada'] });
  const { call } = await client();
  const params = { session: 'bot', remote: ada };
  await t.rejects(call('session.restart', params), { code: 'not-allowed', message: /remote/ });
  t.strictSame(calls, []);
  t.ok(await call('session.restart', { session: 'bot' }));
});

t.test('a call says what it is about', async (t) => {
  const about: unknown[] = [];
  const ownersOf: ApiOptions['ownersOf'] = (...asked) => {
    about.push(asked);
    return [];
  };
  const { client } = await serving(t, { ownersOf });
  const { call } = await client();
  await call('alert.acknowledge', { incident: 'i1' });
  await call('alert.silence', { session: null, forMs: 60_000, reason: '' });
  await call('alert.unsilence', { silence: 's1' });
  t.match(about, [
    ['alert.acknowledge', { incident: 'i1' }],
    ['alert.silence', { session: null }],
    ['alert.unsilence', { silence: 's1' }],
  ]);
});

t.test('the notifier is asked over the connection on which it attached', async (t) => {
  const seat = createNotifierSeat(() => 0);
  const methods = {
    'notifier.attach': (_: unknown, peer: NotifierPeer) => {
      seat.attach(peer);
      return {};
    },
    'alerts.list': (params: { limit: number }) => seat.pass('alerts.list', params),
  } as unknown as Methods;
  const isNotifier = true;
  const callerOf = (uid: number): Caller => ({
    ...{ uid, isOperator: false, isReader: true, isNotifier, owner: null },
  });
  const { path, client } = await serving(t, { methods, callerOf });
  const person = await client();
  await t.rejects(person.call('alerts.list', { limit: 5 }), { code: 'no-notifier' });

  const socket = connect(path);
  t.teardown(() => socket.destroy());
  const long = 'x'.repeat(200_000);
  const requests = {
    'alerts.list': ({ limit }: { limit: number }) => {
      if (limit === 1) throw new RequestFailure('busy', 'not now', { retryable: true });
      return { alerts: [long.slice(0, limit * 1000)] };
    },
  };
  const notifier = createPeer(
    socket,
    { requests: requests as RequestHandlers['requests'], notifications: {} },
    clientLimits,
  );
  await notifier.call('notifier.attach', {});
  t.strictSame(await person.call('alerts.list', { limit: 5 }), { alerts: [long.slice(0, 5000)] });
  await t.rejects(person.call('alerts.list', { limit: 1 }), { code: 'busy', message: 'not now' });
  socket.destroy();
  await notifier.closed;
  await t.rejects(person.call('alerts.list', { limit: 5 }), {
    code: /^(?:no-notifier|connection-closed)$/,
  });
});

t.test('any other parameter is refused, and nothing is done', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  for (const [method, params, where] of refused) {
    const message = new RegExp(`^${method}: ${where}: .{1,280}$`);
    await t.rejects(call(method, params), { code: 'invalid-params', message }, message.source);
  }
  t.strictSame(calls, []);
});

t.test(
  'who does not read his answers gets no more of them made, and all once he reads',
  async (t) => {
    let made = 0;
    const answer = 'x'.repeat(1024 * 1024);
    const methods = { status: () => ({ answer, made: ++made }) } as unknown as Methods;
    const { path, client } = await serving(t, { methods });
    const socket = connect(path);
    t.teardown(() => socket.destroy());
    socket.pause();
    const asked = { jsonrpc: '2.0', id: 1, method: 'status', params: {} };
    socket.write(`${JSON.stringify(asked)}\n`.repeat(8));
    const patient = await client();
    for (let n = 0; n < 50; n += 1) {
      await t.rejects(patient.call('events.read', { limit: -1 }), { code: 'invalid-params' });
    }
    t.equal(made, 1);
    let read = 0;
    socket.setEncoding('utf8').on('data', (text: string) => {
      read += text.length;
    });
    socket.resume();
    while (read < 8 * answer.length) await new Promise((resolve) => setTimeout(resolve, 5));
    t.equal(made, 8);
  },
);

t.test('what nobody waits for any more is not made', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let made = 0;
  const status = async () => {
    made += 1;
    await promise;
    return {};
  };
  const { client } = await serving(t, { methods: { status } as unknown as Methods });
  const { call, socket } = await client();
  const asked = [call('status', {}), call('status', {})];
  while (made === 0) await new Promise(setImmediate);
  socket.destroy();
  await Promise.allSettled(asked);
  const other = await client();
  await t.rejects(other.call('events.read', { limit: -1 }), { code: 'invalid-params' });
  resolve();
  await t.rejects(other.call('events.read', { limit: -1 }), { code: 'invalid-params' });
  t.equal(made, 1);
});

t.test('a subscriber gets events until it goes', async (t) => {
  const { client, receivers } = await serving(t);
  const { call, heard, socket } = await client();
  t.strictSame(await call('events.subscribe', { after: 3, subscriber: 'mail' }), { head: 7 });
  const [receiver] = receivers;
  const [event] = eventsUpTo(1);
  if (!receiver || !event) throw new Error('nobody subscribed');
  receiver.send({ event, stored: false });
  await receiver.drained();
  await call('version', {});
  t.strictSame(heard, [{ event, stored: false }]);
  t.notOk(receiver.gone());
  socket.end();
  await once(socket, 'close');
  t.ok(receiver.gone());
});

t.test('one subscription each', async (t) => {
  const { client, receivers } = await serving(t);
  const { call } = await client();
  await t.rejects(call('events.subscribe', { after: -1 }), { code: 'invalid-params' });
  await t.rejects(call('incidents', { limit: 0 }), { code: 'invalid-params' });
  await call('events.subscribe', { after: 0 });
  await t.rejects(call('events.subscribe', { after: 0 }), { code: 'already-subscribed' });
  t.ok(await (await client()).call('events.subscribe', { after: 0 }));
  t.equal(receivers.length, 2);
});

t.test('the 65th client takes the place of the one that was silent longest', async (t) => {
  const { client } = await serving(t);
  const clients = [];
  for (let n = 1; n <= 64; n += 1) clients.push(await client());
  const [first, second] = clients;
  await first?.call('version', {});
  const late = await client();
  t.ok(await late.call('version', {}));
  await second?.closed;
  t.ok(second?.socket.destroyed);
  t.strictSame(
    clients.filter(({ socket }) => socket.destroyed),
    [second],
  );
  t.ok(await first?.call('version', {}));
});

t.test('where all follow events the 65th is turned away', async (t) => {
  const { client } = await serving(t);
  const clients = [];
  for (let n = 1; n <= 64; n += 1) clients.push(await client());
  await Promise.all(clients.map(({ call }) => call('events.subscribe', { after: 0 })));
  const late = await client();
  await t.rejects(late.call('version', {}), { code: 'connection-closed' });
  t.notOk(clients.some(({ socket }) => socket.destroyed));
});

t.test('strangers take no more seats than one user, however many uids they have', async (t) => {
  let uid = 100_000;
  const { client } = await serving(t, {
    requesterOf: () => ({ uid: uid++, pid: 1, session: null }),
    callerOf: (asking) => ({
      uid: asking,
      isOperator: asking === 0,
      isReader: false,
      isNotifier: false,
      owner: null,
    }),
  });
  uid = 0;
  const operator = await client();
  uid = 200_000;
  for (let n = 1; n <= 65; n += 1) await client();
  t.ok(await operator.call('version', {}), 'an operator keeps his');
});

t.test(
  'followers keep the notifier out no more than an operator, and it keeps out nobody',
  async (t) => {
    let uid = 1000;
    const { client } = await serving(t, {
      requesterOf: () => ({ uid, pid: 1, session: null }),
      callerOf: (asking) => ({
        ...{ uid: asking, isOperator: asking === 0, owner: null },
        ...{ isReader: asking >= 1000, isNotifier: asking === 998 },
      }),
    });
    for (let n = 0; n < 64; n += 1) {
      uid = 1000 + (n % 8);
      await (await client()).call('events.subscribe', { after: 0 });
    }
    uid = 998;
    const notifier = await client();
    await notifier.call('events.subscribe', { after: 0 });
    uid = 1000;
    await t.rejects((await client()).call('version', {}), { code: 'connection-closed' });
    t.notOk(notifier.socket.destroyed);
    uid = 998;
    for (let n = 1; n < 16; n += 1) await (await client()).call('events.subscribe', { after: 0 });
    await t.rejects((await client()).call('version', {}), { code: 'connection-closed' });
    uid = 0;
    t.ok(await (await client()).call('version', {}));
  },
);

t.test('the notifier is told to wait where it brings too many events', async (t) => {
  const { client } = await serving(t, {
    callerOf: (uid) => ({
      ...{ uid, isOperator: false, isReader: false, isNotifier: true, owner: null },
    }),
  });
  const { call } = await client();
  const remote = { channel: 'telegram', user: '7', name: 'Ada' };
  const event = { at: 1, type: 'remote.refused', data: { remote, what: '/x' } };
  const events = Array(100).fill(event);
  for (let n = 0; n <= 100; n += 1) await call('notifier.record', { events });
  await t.rejects(call('notifier.record', { events }), { code: 'too-fast' });
  t.ok(await call('version', {}));
});

t.test('an owner follows events, and the log waits for a sidecar alone', async (t) => {
  let isReader = false;
  const { client, receivers } = await serving(t, {
    callerOf: (uid) => ({ uid, isOperator: false, isReader, isNotifier: false, owner: 'deploy' }),
  });
  const named = { after: 0, subscriber: 'notifier' };
  await t.rejects((await client()).call('events.subscribe', named), { code: 'not-allowed' });
  t.equal(receivers.length, 0);
  t.ok(await (await client()).call('events.subscribe', { after: 0 }));
  isReader = true;
  t.ok(await (await client()).call('events.subscribe', named));
});

t.test('an owner acts so often and no more, an operator as often as he likes', async (t) => {
  const owner: Caller = {
    uid: 1000,
    isOperator: false,
    isReader: false,
    isNotifier: false,
    owner: 'ada',
  };
  const callers = [owner, { ...owner, uid: 1001 }, { ...owner, isOperator: true }];
  let caller = owner;
  const { client } = await serving(t, { callerOf: () => caller, ownersOf: () => ['ada'] });
  const { call } = await client();
  const outcomes = async (method: 'session.start' | 'status', params: object) => {
    const codes: string[] = [];
    for (let i = 0; i < 110; i += 1) {
      await call(method, params).catch(({ code }) => codes.push(code));
    }
    return codes;
  };
  const session = { session: 'bot' };
  const refused = await outcomes('session.start', session);
  t.ok(refused.length > 0 && refused.length < 20, `${refused.length} of 110 are refused`);
  t.same(new Set(refused), new Set(['too-many-requests']));
  t.same(await outcomes('status', {}), [], 'looking is free');
  for (caller of callers.slice(1)) await t.resolves(call('session.start', session));
  t.same(await outcomes('session.start', session), []);
});

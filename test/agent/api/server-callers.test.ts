import { connect } from 'node:net';
import t from 'tap';
import type { Caller } from '../../../agent/api/access.ts';
import { createNotifierSeat, type NotifierPeer } from '../../../agent/api/notifier-seat.ts';
import type { ApiOptions, Methods } from '../../../agent/api/server.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import type { RequestHandlers } from '../../../agent/wire/answers.ts';
import { clientLimits, createPeer } from '../../../agent/wire/peer.ts';
import { nobody } from '../model/sample.ts';
import { callerLike, serving } from './serving.ts';

const ada = { channel: 'telegram', user: '7', name: 'Ada' };

t.test('whom the notifier asks for stands beside who asked', async (t) => {
  const { client, calls } = await serving(t);
  const { call } = await client();
  const params = { session: 'bot', remote: ada };
  await call('session.restart', params);
  t.strictSame(calls, [['session.restart', params, { ...nobody, remote: ada }]]);
});

t.test('nobody else may speak for somebody', async (t) => {
  const owner = callerLike({ isReader: true, owner: 'ada' });
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
  const callerOf = (uid: number): Caller => callerLike({ uid, isReader: true, isNotifier: true });
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

t.test('strangers take no more seats than one user, however many uids they have', async (t) => {
  let uid = 100_000;
  const { client } = await serving(t, {
    requesterOf: () => ({ uid: uid++, pid: 1, session: null }),
    callerOf: (asking) => callerLike({ uid: asking, isOperator: asking === 0 }),
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
      callerOf: (asking) =>
        callerLike({
          ...{ uid: asking, isOperator: asking === 0 },
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
    callerOf: (uid) => callerLike({ uid, isNotifier: true }),
  });
  const { call } = await client();
  const event = { at: 1, type: 'remote.refused', data: { remote: ada, what: '/x' } };
  const events = Array(100).fill(event);
  for (let n = 0; n <= 100; n += 1) await call('notifier.record', { events });
  // What it has waited by then it may say again: on a slow machine it takes some more.
  const more = async () => {
    for (let n = 0; n < 100; n += 1) await call('notifier.record', { events });
  };
  await t.rejects(more(), { code: 'too-fast' });
  t.ok(await call('version', {}));
});

t.test('an owner follows events, and the log waits for a sidecar alone', async (t) => {
  let isReader = false;
  const { client, receivers } = await serving(t, {
    callerOf: (uid) => callerLike({ uid, isReader, owner: 'deploy' }),
  });
  const named = { after: 0, subscriber: 'notifier' };
  await t.rejects((await client()).call('events.subscribe', named), { code: 'not-allowed' });
  t.equal(receivers.length, 0);
  t.ok(await (await client()).call('events.subscribe', { after: 0 }));
  isReader = true;
  t.ok(await (await client()).call('events.subscribe', named));
});

t.test('an owner acts so often and no more, an operator as often as he likes', async (t) => {
  const owner = callerLike({ owner: 'ada' });
  const callers = [owner, { ...owner, uid: 1001 }, { ...owner, isOperator: true }];
  let caller = owner;
  const { client } = await serving(t, { callerOf: () => caller, ownersOf: () => ['ada'] });
  const { call } = await client();
  const outcomes = async (method: 'session.start' | 'status', params: object) => {
    const codes: string[] = [];
    for (let i = 0; i < 200; i += 1) {
      await call(method, params).catch(({ code }) => codes.push(code));
    }
    return codes;
  };
  const session = { session: 'bot' };
  const refused = await outcomes('session.start', session);
  t.ok(refused.length > 0 && refused.length < 110, `${refused.length} of 200 are refused`);
  t.same(new Set(refused), new Set(['too-many-requests']));
  t.same(await outcomes('status', {}), [], 'looking is free');
  for (caller of callers.slice(1)) await t.resolves(call('session.start', session));
  t.same(await outcomes('session.start', session), []);
});

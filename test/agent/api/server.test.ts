import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import t from 'tap';
import type { Methods } from '../../../agent/api/server.ts';
import { eventsUpTo } from './sample-log.ts';
import { serving } from './serving.ts';

t.test('the socket is for its owner only, and replaces what was left behind', async (t) => {
  const { path, client } = await serving(t);
  t.ok(statSync(path).isSocket());
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.ok(await (await client()).call('version', {}));
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
  receiver.send({ event, stored: false, run: 1000 });
  await receiver.drained();
  await call('version', {});
  t.strictSame(heard, [{ event, stored: false, run: 1000 }]);
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

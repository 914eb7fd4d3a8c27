import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { listenForLinks } from '../../../../agent/observe/link/links.ts';
import { clientLimits, createPeer } from '../../../../agent/wire/peer.ts';

const hello = { protocol: 1, version: '1', owner: 'root', uid: 0, pid: 1, tmux: '3.5a' };

/** Links whose users the kernel would name, by the order in which they connect; null: it names none. */
const listening = async (
  t: Test,
  users: (number | null)[],
  mustBeKnown = true,
  eventsOfHello = 1,
) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-links-'));
  const path = join(directory, 'l.sock');
  const known = new Map<Socket, number | null>();
  const greeted: string[] = [];
  const troubles: string[] = [];
  const told: string[] = [];
  let recorded = 0;
  const credentialsOf = (socket: Socket) => {
    if (!known.has(socket)) known.set(socket, users.shift() ?? null);
    const uid = known.get(socket) ?? null;
    return uid === null ? null : { uid, pid: 7 };
  };
  const listener = await listenForLinks(path, 0o600, {
    ...{ credentialsOf, mustBeKnown, nameOf: (uid) => `user-${uid}` },
    onHello: ({ owner }) => {
      greeted.push(owner);
      recorded += eventsOfHello;
      return [];
    },
    onTold: (method, _, { owner }) => told.push(`${method} ${owner}`),
    onLost: () => undefined,
    recorded: () => recorded,
    onTrouble: (what) => troubles.push(what),
  });
  const sockets: Socket[] = [];
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const link = async () => {
    const socket = connect(path);
    sockets.push(socket);
    await once(socket, 'connect');
    return { socket, ...createPeer(socket, { requests: {}, notifications: {} }, clientLimits) };
  };
  return { greeted, told, troubles, link };
};

t.test('an owner with many connections keeps out nobody but himself', async (t) => {
  const { greeted, link } = await listening(t, [1, 1, 1, 1, 2, ...Array(1000).fill(1)]);
  const [first] = [await link(), await link(), await link()];
  const late = await link();
  await t.rejects(late.call('hello', hello), { code: 'connection-closed' });
  const other = await link();
  t.strictSame(await other.call('hello', hello), { servers: [] });
  first?.socket.destroy();
  // It may be seen to have gone only after the next has come.
  const again = () => link().then(({ call }) => call('hello', hello).catch(() => null));
  let welcome = await again();
  for (let n = 0; welcome === null && n < 100; n += 1) welcome = await again();
  t.ok(welcome, 'one that went makes room');
  t.strictSame(greeted, ['user-2', 'user-1'], 'whose it is, the kernel says');
});

t.test('owners with all the places they may have keep out no other', async (t) => {
  const users = [1, 2, 3, 4, 5, 6].flatMap((user) => [user, user, user]).slice(0, 16);
  const { greeted, link } = await listening(t, [...users, 7, 8]);
  const first = await link();
  await first.call('hello', hello);
  const others = [];
  for (const _ of users.slice(1)) others.push(await link());
  t.strictSame(await (await link()).call('hello', hello), { servers: [] });
  t.strictSame(await (await link()).call('hello', hello), { servers: [] });
  t.strictSame(greeted, ['user-1', 'user-7', 'user-8']);
  const given = others.filter(({ socket }) => socket.destroyed);
  t.equal(given.length, 2, 'two made room');
  t.notOk(first.socket.destroyed, 'and no link that is believed');
});

t.test('a link of whom the kernel says nothing is refused, but at home', async (t) => {
  const strict = await listening(t, [null]);
  await t.rejects((await strict.link()).call('hello', hello), { code: 'unknown-peer' });
  t.strictSame(strict.greeted, []);
  const atHome = await listening(t, [null], false);
  t.ok(await (await atHome.link()).call('hello', hello));
  t.strictSame(atHome.greeted, ['user-0']);
});

t.test('a link says hello once', async (t) => {
  const { greeted, link } = await listening(t, [1]);
  const { call } = await link();
  await call('hello', hello);
  await t.rejects(call('hello', hello), { code: 'greeted-already' });
  t.strictSame(greeted, ['user-1'], 'each hello is an event');
});

t.test('an owner who causes too many events waits, on a new connection too', async (t) => {
  const { greeted, told, troubles, link } = await listening(t, [1, 2, 1], true, 10_060);
  const first = await link();
  await first.call('hello', hello);
  first.notify('heartbeat', {});
  await (await link()).call('hello', hello);
  const again = await link();
  const late = again.call('hello', hello).catch(() => 'closed');
  const soon = new Promise((resolve) => setTimeout(() => resolve('not yet'), 300));
  t.equal(await Promise.race([late, soon]), 'not yet');
  t.strictSame([greeted, told], [['user-1', 'user-2'], []]);
  t.match(troubles, [/^links of uid 1 /, /^links of uid 2 /], 'said once for each');
  again.socket.destroy();
  await late;
});

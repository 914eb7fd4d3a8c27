import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Config } from '../../../../agent/model/config/config.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { type FoundSocket, withFound } from '../../../../agent/observe/config/found-sockets.ts';
import { type ManagedSocket, watchOrders } from '../../../../agent/observe/config/orders.ts';
import { configEvents } from '../../../../agent/observe/config/settings.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { numbered } from '../../model/sample.ts';

const config = (changes: Partial<Config> = {}): Config =>
  sampleConfig({
    servers: { main: { kind: 'managed', tmuxConfig: '/etc/tmux.conf', owner: null } },
    autoAdopt: true,
    ...changes,
  });

const main = {
  server: 'main',
  managed: true,
  socket: '/run/tmux/main.sock',
  adopt: null,
  tmuxConfig: '/etc/tmux.conf',
  owner: null,
};
const managedSocket: ManagedSocket = (server, owner) => `/run/tmux/${owner ?? ''}${server}.sock`;
const socket = (name: string, owner: string | null = 'deploy'): FoundSocket => ({
  name,
  path: `/tmp/tmux-1000/${name}`,
  owner,
});
const watched = (found: FoundSocket[], changes: Partial<Config> = {}) =>
  watchOrders(config(changes), managedSocket, found);
const names = (found: FoundSocket[], changes: Partial<Config> = {}) =>
  watched(found, changes).map(({ server }) => server);

t.test('configured servers, then those found', async (t) => {
  t.strictSame(watched([socket('default')]), [
    main,
    {
      server: 'default',
      managed: false,
      socket: '/tmp/tmux-1000/default',
      adopt: '/tmp/tmux-1000/default',
      tmuxConfig: null,
      owner: 'deploy',
    },
  ]);
  t.strictSame(watched([socket('default')], { autoAdopt: false }), [main]);
});

t.test('limits go to the link of the server they are for, by declared name', async (t) => {
  const limits = { memoryMax: 2 ** 26, memoryHigh: null, tasksMax: null, cpuWeight: 50 };
  const one = { server: 'main', command: null, cwd: null, env: {}, restart: 'on-failure' } as const;
  const second = { kind: 'managed', tmuxConfig: null, owner: 'alice' } as const;
  const mine = { kind: 'adopted', adopt: 'work', owner: null } as const;
  const { servers } = config();
  const orders = watched([], {
    servers: { ...servers, second, mine, third: { ...second, owner: 'bob' } },
    sessions: { bot: { ...one, limits }, free: one, other: { ...one, server: 'second', limits } },
  });
  t.strictSame(
    orders.map((order) => [order.server, order.limits]),
    [
      ['main', { bot: limits }],
      ['second', { other: limits }],
      ['mine', undefined],
      ['third', undefined],
    ],
  );
  t.notOk('limits' in (watched([])[0] ?? {}), 'none is no key');
});

t.test('no socket is watched twice', async (t) => {
  const adopting = (adopt: string) => ({
    servers: { mine: { kind: 'adopted', adopt, owner: null } as const },
  });
  t.strictSame(names([socket('default')], adopting('default')), ['mine']);
  t.strictSame(names([socket('default')], adopting('/tmp/tmux-1000/default')), ['mine']);
  const remembered = { name: 'mine', path: '/tmp/tmux-1000/default', owner: null };
  t.strictSame(
    names([remembered], adopting('default')),
    ['mine'],
    'one that was found before this run',
  );
  t.strictSame(names([{ name: 'main', path: '/run/tmux/main.sock', owner: null }]), ['main']);
});

t.test('owners may have servers of the same name', async (t) => {
  const mine = { kind: 'adopted', adopt: 'work', owner: 'deploy' } as const;
  const found = [socket('work', 'deploy'), { ...socket('work', 'alice'), path: '/tmp/a/work' }];
  const orders = watched(found, { servers: { work: mine } });
  t.strictSame(
    orders.map(({ server, owner }) => [server, owner]),
    [
      ['work', 'deploy'],
      ['work-2', 'alice'],
    ],
  );
});

t.test('what one owner has, or claims to have, takes nothing from the others', async (t) => {
  const claimed = { ...socket('work', 'mallory'), path: socket('work').path };
  const flood = Array.from({ length: 100 }, (_, n) => socket(`flood-${n}`, 'mallory'));
  const kept = withFound([], [claimed, ...flood, socket('work')]);
  t.equal(kept.length, 17);
  t.strictSame(withFound(kept, [socket('later', 'mallory')]), kept, 'nothing is remembered of it');
  t.strictSame(withFound(kept, [socket('work')]), kept, 'once');
  t.match(watched(kept).at(-1), { socket: socket('work').path, owner: 'deploy' });
  const before = { ...socket('work'), owner: null };
  t.strictSame(withFound([before], [socket('work')]), [before], 'as older releases remember it');
  const managed = {
    servers: { main: { kind: 'managed', tmuxConfig: null, owner: 'deploy' } },
  } as const;
  const path = '/run/tmux/deploymain.sock';
  t.strictSame(names([{ name: 'main', path, owner: 'deploy' }], managed), ['main']);
  t.match(watched([{ name: 'main', path, owner: 'mallory' }], managed), [
    { server: 'main', owner: 'deploy', managed: true },
    { server: 'main-2', owner: 'mallory', managed: false },
  ]);
});

t.test('names are made plain, and told apart', async (t) => {
  t.strictSame(
    names(
      ['main', 'My Work!', 'my-work', 'MY WORK', '会議', '__proto__', 'constructor'].map((name) =>
        socket(name),
      ),
    ),
    [...['main', 'main-2', 'my-work-', 'my-work', 'my-work-2', '-', '-proto-', 'constructor-2']],
  );
  t.strictSame(names([socket('')]), ['main', 'socket']);
});

t.test('however many sockets there are, their event fits', async () => {
  const path = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ minLength: 60, maxLength: 107 }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 200, size: 'max' }), (paths) => {
      const sockets = paths.map((one) => ({ name: one, path: `/${one}`, owner: null }));
      const where = { source: 'holdfast.yaml', managedSocket, sockets };
      const events = numbered(configEvents(emptyState(), config(), where, 1));
      const sizes = events.map((event) => Buffer.byteLength(JSON.stringify(event)));
      assert.ok(Math.max(...sizes) <= maxEventBytes, `${Math.max(...sizes)} bytes`);
      const orders = watched(sockets);
      assert.equal(new Set(orders.map(({ server }) => server)).size, orders.length);
      assert.ok(orders.every(({ server }) => /^[a-z0-9-]{1,40}$/.test(server)));
    }),
    { numRuns: 60 },
  );
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Config } from '../../../../agent/model/config/config.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { watchOrders } from '../../../../agent/observe/config/orders.ts';
import { configEvents } from '../../../../agent/observe/config/settings.ts';
import { numbered } from '../../model/sample.ts';

const config = (changes: Partial<Config> = {}): Config => ({
  servers: { main: { kind: 'managed', tmuxConfig: '/etc/tmux.conf' } },
  sessions: {},
  autoAdopt: true,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1, maxBytes: 1 },
  recovery: { maxRestarts: 3, windowMs: 1 },
  health: { intervalMs: 1 },
  ...changes,
});

const main = {
  server: 'main',
  managed: true,
  socket: '/run/tmux/main.sock',
  adopt: null,
  tmuxConfig: '/etc/tmux.conf',
};
const socket = (name: string) => ({ name, path: `/tmp/tmux-1000/${name}` });
const watched = (found: ReturnType<typeof socket>[], changes: Partial<Config> = {}) =>
  watchOrders(config(changes), '/run/tmux', found);
const names = (found: ReturnType<typeof socket>[], changes: Partial<Config> = {}) =>
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
    },
  ]);
  t.strictSame(watched([socket('default')], { autoAdopt: false }), [main]);
});

t.test('no socket is watched twice', async (t) => {
  const adopting = (adopt: string) => ({ servers: { mine: { kind: 'adopted', adopt } as const } });
  t.strictSame(names([socket('default')], adopting('default')), ['mine']);
  t.strictSame(names([socket('default')], adopting('/tmp/tmux-1000/default')), ['mine']);
  const remembered = { name: 'mine', path: '/tmp/tmux-1000/default' };
  t.strictSame(
    names([remembered], adopting('default')),
    ['mine'],
    'one that was found before this run',
  );
  t.strictSame(names([{ name: 'main', path: '/run/tmux/main.sock' }]), ['main']);
});

t.test('names are made plain, and told apart', async (t) => {
  t.strictSame(
    names(
      ['main', 'My Work!', 'my-work', 'MY WORK', '会議', '__proto__', 'constructor'].map(socket),
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
      const sockets = paths.map((one) => ({ name: one, path: `/${one}` }));
      const where = { source: 'holdfast.yaml', tmuxDir: '/run/tmux', sockets };
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

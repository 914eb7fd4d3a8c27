import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { listenOn } from '../../../agent/wire/listen.ts';

const listening = async (t: Test) => {
  const base = mkdtempSync(join(tmpdir(), 'hf-listen-'));
  const path = join(base, 'run/agent.sock');
  const connections: Socket[] = [];
  const troubles: string[] = [];
  const listener = await listenOn(path, {
    onConnection: (socket) => void connections.push(socket),
    onTrouble: (what) => void troubles.push(what),
    lookEveryMs: 5,
  });
  t.teardown(() => {
    listener.close();
    for (const socket of connections) socket.destroy();
    rmSync(base, { recursive: true, force: true });
  });
  return { path, listener, connections, troubles };
};

/** Connects as soon as somebody listens. */
const dial = async (path: string): Promise<Socket> => {
  for (;;) {
    const socket = connect(path);
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (connected) return socket;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

t.test('a socket is for its owner alone, and replaces one left behind', async (t) => {
  const { path, listener } = await listening(t);
  t.equal(statSync(path).mode & 0o777, 0o600);
  (await dial(path)).destroy();
  listener.close();
  writeFileSync(path, 'left behind');
  const again = await listenOn(path, {
    onConnection: (socket) => socket.destroy(),
    onTrouble: (what) => void t.fail(what),
  });
  t.ok(statSync(path).isSocket());
  again.close();
});

t.test('a socket that is removed is made again', async (t) => {
  const { path, connections, troubles } = await listening(t);
  const first = await dial(path);
  rmSync(path);
  (await dial(path)).destroy();
  rmSync(dirname(path), { recursive: true });
  (await dial(path)).destroy();
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.notOk(first.destroyed, 'who was there before is still served');
  t.equal(connections.length, 3);
  t.strictSame(troubles, []);
  first.destroy();
});

t.test('what stands in its way is told, and it goes on trying', async (t) => {
  const { path, troubles } = await listening(t);
  rmSync(dirname(path), { recursive: true });
  writeFileSync(dirname(path), 'in the way');
  while (troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
  t.match(troubles[0], /cannot be made again/);
  rmSync(dirname(path));
  (await dial(path)).destroy();
  t.ok(existsSync(path));
});

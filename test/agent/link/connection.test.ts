import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startConnection } from '../../../agent/link/connection.ts';
import type { Handlers } from '../../../agent/link/handlers.ts';

const handlers = {} as Handlers;

/** Somebody who listens where the agent should. */
const listen = async (t: Test) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-'));
  const path = join(directory, 'link.sock');
  const server = createServer();
  t.teardown(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  server.listen(path);
  await once(server, 'listening');
  const visitor = async (): Promise<Socket> => (await once(server, 'connection'))[0] as Socket;
  return { path, visitor };
};

t.test('dials again when the connection ends, and says hello each time', async (t) => {
  const { path, visitor } = await listen(t);
  const greetings = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
  let greeted = 0;
  const first = visitor();
  const connection = startConnection(path, handlers, async () => greetings[greeted++]?.resolve());
  t.teardown(connection.close);
  const [socket] = await Promise.all([first, greetings[0]?.promise]);
  const second = visitor();
  socket.destroy();
  await Promise.all([second, greetings[1]?.promise]);
  t.equal(greeted, 2);
});

t.test('a greeting that fails ends the connection, and the next is tried', async (t) => {
  const { path, visitor } = await listen(t);
  const first = visitor();
  const greet = async (): Promise<void> => {
    throw new Error('refused');
  };
  const connection = startConnection(path, handlers, greet);
  t.teardown(connection.close);
  const socket = await first;
  const second = visitor();
  socket.resume();
  await once(socket, 'close');
  t.ok(await second);
});

t.test('what is told without an agent is lost', async (t) => {
  const { path, visitor } = await listen(t);
  const first = visitor();
  const connection = startConnection(path, handlers, async (peer) => peer.notify('hello', {}));
  t.teardown(connection.close);
  connection.notify('heartbeat', {});
  const [heard] = await once(await first, 'data');
  t.match(JSON.parse(String(heard)), { method: 'hello' });
});

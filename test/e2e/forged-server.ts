import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/** What does not speak tmux's protocol and listens where a tmux server should. */
export const manners = {
  silent: (): void => undefined,
  garbage: (socket: Socket): void => void socket.write(Buffer.alloc(4096)),
  hangup: (socket: Socket): void => void socket.destroy(),
};

/** Listens on `path` until the test is over; tells how many came. */
export const forgeServer = async (
  t: Test,
  path: string,
  behave: (socket: Socket) => void,
): Promise<{ visitors(): number; close(): void }> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.resume();
    behave(socket);
  });
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  t.teardown(close);
  server.listen(path);
  await once(server, 'listening');
  return { visitors: () => sockets.size, close };
};

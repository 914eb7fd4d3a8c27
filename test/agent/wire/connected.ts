import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** Two ends of one Unix socket; both are gone after the test. */
export const connected = async (t: Test): Promise<{ near: Socket; far: Socket }> => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-api-'));
  const path = join(directory, 'a.sock');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const far = connect(path);
  const [near] = (await once(server, 'connection')) as [Socket];
  server.close();
  // What a peer does with its own end is the test's affair; the other end only breaks.
  far.on('error', () => undefined);
  near.on('error', () => undefined);
  t.teardown(() => {
    near.destroy();
    far.destroy();
    rmSync(directory, { recursive: true, force: true });
  });
  return { near, far };
};

/** Resolves with the error a socket was destroyed with, or null. */
export const ended = (socket: Socket): Promise<Error | null> =>
  new Promise((resolve) => {
    let reason: Error | null = null;
    socket.on('error', (error) => {
      reason = error;
    });
    socket.on('close', () => resolve(reason));
  });

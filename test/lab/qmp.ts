import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';

interface Reply {
  return?: unknown;
  error?: { desc: string };
}

/** Opens QEMU's control socket (its QMP reference). A command's answer is awaited before the next. */
export const openQmp = async (path: string) => {
  const socket = createConnection(path);
  await once(socket, 'connect');
  const waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  const failAll = () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('QEMU has closed its socket'));
  };
  socket.on('error', () => undefined).once('close', failAll);
  createInterface({ input: socket })
    .on('error', () => undefined)
    .on('line', (line) => {
      const reply = JSON.parse(line) as Reply;
      // The rest are its greeting and events.
      if (!('return' in reply) && !('error' in reply)) return;
      const asked = waiting.shift();
      if (reply.error === undefined) asked?.resolve(reply.return);
      else asked?.reject(new Error(`QEMU: ${reply.error.desc}`));
    });

  const execute = (command: string, args: Record<string, unknown> = {}): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (socket.destroyed) reject(new Error('QEMU has closed its socket'));
    else {
      waiting.push({ resolve, reject });
      socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    }
    return promise;
  };

  await execute('qmp_capabilities');
  return { execute, close: () => void socket.destroy() };
};

export type Qmp = Awaited<ReturnType<typeof openQmp>>;

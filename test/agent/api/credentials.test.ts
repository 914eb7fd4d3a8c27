import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { peerCredentials } from '../../../agent/api/credentials.ts';

const connectScript = 'require("node:net").connect(process.argv[1]).on("close", () => {}).resume()';

const listen = async (t: Test): Promise<{ server: Server; path: string }> => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-peer-'));
  chmodSync(directory, 0o755);
  const path = join(directory, 'sock');
  const server = createServer();
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o777);
  t.teardown(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return { server, path };
};

const accept = async (server: Server): Promise<Socket> => {
  const [socket] = await once(server, 'connection');
  return socket as Socket;
};

t.test('names the process at the other end', async (t) => {
  const { server, path } = await listen(t);
  const child = spawn(process.execPath, ['--eval', connectScript, path], { stdio: 'ignore' });
  const socket = await accept(server);
  t.strictSame(peerCredentials(socket), {
    pid: child.pid,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
  });
  socket.destroy();
  await once(child, 'exit');
  t.equal(peerCredentials(socket), null, 'not of a closed socket');
});

const isRoot = process.getuid?.() === 0;
const whereRoot = { skip: isRoot ? false : 'only root can run a process as somebody else' };

t.test('tells users apart', whereRoot, async (t) => {
  const { server, path } = await listen(t);
  const child = spawn(process.execPath, ['--eval', connectScript, path], {
    stdio: 'ignore',
    uid: 65534,
    gid: 65533,
  });
  const socket = await accept(server);
  t.strictSame(peerCredentials(socket), { pid: child.pid, uid: 65534, gid: 65533 });
  socket.destroy();
  await once(child, 'exit');
});

t.test('knows nobody behind a TCP connection', async (t) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const child = spawn(process.execPath, [
    '--eval',
    'require("node:net").connect(+process.argv[1], "127.0.0.1").resume()',
    String(port),
  ]);
  const socket = await accept(server);
  t.equal(peerCredentials(socket), null);
  socket.destroy();
  await once(child, 'exit');
});

t.test('where no FFI loads it knows nobody, and does not fail', async (t) => {
  const { path } = await listen(t);
  const script = `
    import { connect } from 'node:net';
    import { once } from 'node:events';
    import { peerCredentials } from ${JSON.stringify(import.meta.resolve('../../../agent/api/credentials.ts'))};
    const socket = connect(${JSON.stringify(path)});
    await once(socket, 'connect');
    process.stdout.write(JSON.stringify(peerCredentials(socket)));
    socket.destroy();`;
  const run = (...flags: string[]) =>
    once(
      spawn(process.execPath, [...flags, '--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }).stdout.setEncoding('utf8'),
      'data',
    );
  t.strictSame(await run('--no-addons'), ['null']);
  t.match(JSON.parse(String(await run())), { pid: process.pid });
});

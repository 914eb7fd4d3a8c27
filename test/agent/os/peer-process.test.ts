import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { isStillPeer } from '../../../agent/os/peer-process.ts';

const connectScript = 'require("node:net").connect(process.argv[1]);setInterval(() => {}, 1e6)';

t.test('a pid is that of who connected until he is gone', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-peer-'));
  const server = createServer().listen(join(directory, 'sock'));
  t.teardown(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await once(server, 'listening');
  const args = ['--eval', connectScript, join(directory, 'sock')];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const [socket] = (await once(server, 'connection')) as [Socket];
  const pid = child.pid ?? 0;
  const answer = isStillPeer(socket, pid);
  if (answer === null) {
    child.kill('SIGKILL');
    t.comment('this kernel cannot say');
    return;
  }
  t.equal(answer, true);
  t.equal(isStillPeer(socket, process.pid), false, 'of nobody else');
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.equal(isStillPeer(socket, pid), false, 'whoever has it next');
  socket.destroy();
  t.not(isStillPeer(socket, pid), true, 'nor of a socket that is closed');
});

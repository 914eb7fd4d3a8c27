import { existsSync } from 'node:fs';
import t from 'tap';
import { createReadyClient } from '../../../../agent/link/tmux/ready-client.ts';
import { eventually } from '../../../e2e/sampled.ts';
import { startServer, tmuxOn } from '../../../e2e/tmux.ts';
import { temporarySocket } from '../temporary-server.ts';

const names = [['list-sessions', '-F', '#{session_name}']];

t.test('answers with what was printed, again and again', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one', 'two; $(id) "three"');
  const client = createReadyClient(socket);
  client.keep();
  t.teardown(() => client.release());
  for (let i = 0; i < 3; i += 1) {
    t.equal(await client.run(names), 'one\ntwo; $(id) "three"\n');
  }
  t.equal(await client.run([['no-such-command'], ...names]), '', 'refused as a whole');
});

t.test('is no session and no client that others see', async (t) => {
  const socket = temporarySocket(t);
  await startServer(socket, 'one');
  const client = createReadyClient(socket);
  client.keep();
  t.teardown(() => client.release());
  t.equal(await client.run([['list-clients']]), '');
});

t.test('finds the server that took the place of the one it waited on', async (t) => {
  const socket = temporarySocket(t);
  const pid = await startServer(socket, 'old');
  const client = createReadyClient(socket);
  client.keep();
  t.teardown(() => client.release());
  t.equal(await client.run(names), 'old\n');
  await tmuxOn(socket, 'kill-server');
  t.equal(await client.run(names), '', 'nobody answers');
  // It says so before it has ended, and whoever comes to it meanwhile is turned away.
  await eventually('the end of the old server', () =>
    existsSync(`/proc/${pid}`) ? undefined : true,
  );
  await startServer(socket, 'new');
  t.equal(await client.run(names), 'new\n');
});

t.test('gives up on a server that is stopped', async (t) => {
  const socket = temporarySocket(t);
  const pid = await startServer(socket, 'one');
  const client = createReadyClient(socket, 2000);
  client.keep();
  t.teardown(() => client.release());
  t.equal(await client.run(names), 'one\n');
  process.kill(pid, 'SIGSTOP');
  await t.rejects(client.run(names), { code: 'tmux-timeout' });
  process.kill(pid, 'SIGCONT');
  t.equal(await client.run(names), 'one\n');
});

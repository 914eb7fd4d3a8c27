import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { connect } from '../../../agent/protocol/client.ts';

const socketFor = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-client-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'agent.sock');
};

/** As a process is that gets no processor. */
const stall = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

t.test('whoever had to wait for his own turn is not told that nobody answers', async (t) => {
  const path = socketFor(t);
  const server = createServer().listen(path);
  t.teardown(() => server.close());
  await once(server, 'listening');
  const connecting = connect(path, { timeoutMs: 20 });
  stall(200);
  const client = await connecting;
  client.close();
  t.pass('it is connected');
});

t.test('nobody is there', async (t) => {
  await t.rejects(connect(socketFor(t)), { code: 'agent-unreachable', retryable: true });
});

import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { WitnessHealth } from '../../../agent/protocol/witness.ts';
import { clientLimits, createPeer } from '../../../agent/wire/peer.ts';
import type { Answers } from '../../../agent/witness/answers.ts';
import { serveEvidence } from '../../../agent/witness/server.ts';
import { sent } from './samples.ts';

const health: WitnessHealth = {
  ...{ version: '1', pid: 1, since: 0, blind: null, method: 'proc' },
  ...{ realTime: true, signals: 0, lost: 0 },
};

const serve = async (t: Test) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfw-server-'));
  const path = join(directory, 'run/witness.sock');
  const asked: unknown[] = [];
  const answers: Answers = {
    async testify(question) {
      asked.push(question);
      const signals = [sent(1, 7)];
      return { since: 0, lost: [], signals, ooms: [], clients: [], readUntil: 5, method: 'proc' };
    },
    async commands(question) {
      asked.push(question);
      return [];
    },
    health: () => health,
  };
  const listener = await serveEvidence(path, 0o660, answers, () => undefined);
  const sockets: Socket[] = [];
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const open = async (): Promise<Socket> => {
    const socket = connect(path);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const peer = async () =>
    createPeer(await open(), { requests: {}, notifications: {} }, clientLimits);
  return { path, asked, open, peer };
};

t.test('what it answers', async (t) => {
  const { path, peer, asked } = await serve(t);
  t.equal(statSync(path).mode & 0o777, 0o660);
  const client = await peer();
  t.match(await client.call('testify', { pids: [7], since: 0, until: 5 }), {
    signals: [{ at: 1 }],
  });
  t.same(asked, [{ pids: [7], since: 0, until: 5, patienceMs: 300 }], 'what a verdict waits');
  await client.call('testify', { pids: [7], since: 0, until: 5, patienceMs: 5000 });
  t.match(asked[1], { patienceMs: 5000 });
  t.same(await client.call('health', {}), health);
  await t.rejects(client.call('forget', {}), /forget|not/i);
});

t.test('questions that are none', async (t) => {
  const { peer, asked } = await serve(t);
  const client = await peer();
  const bad = [
    ...[null, [], 'x', {}, { pids: 7, since: 0, until: 1 }, { pids: [7], since: 0 }],
    ...[0, -1, 1.5, '7', null, {}].map((pid) => ({ pids: [pid], since: 0, until: 1 })),
    { pids: [7], since: '0', until: 1 },
    ...['1', -1, null, 10_001, Number.NaN].map((patienceMs) => ({
      ...{ pids: [7], since: 0, until: 1, patienceMs },
    })),
    { pids: Array.from({ length: 2001 }, (_, i) => i + 1), since: 0, until: 1 },
  ];
  for (const params of bad) {
    await t.rejects(client.call('testify', params), { code: 'bad-params' }, JSON.stringify(params));
  }
  t.same(asked, []);
  const many = Array.from({ length: 2000 }, (_, i) => 4_194_304 - i);
  await t.resolves(
    client.call('testify', { pids: many, since: 0, until: 1 }),
    'as many as it takes',
  );
});

t.test('a connection too many, and room again', async (t) => {
  const { open, peer } = await serve(t);
  const held: Socket[] = [];
  for (let i = 0; i < 8; i += 1) held.push(await open());
  const refused = await open();
  await once(refused.resume(), 'close');
  held[0]?.destroy();
  for (let i = 0; i < 100; i += 1) {
    const answer = await (await peer()).call('health', {}).catch(() => null);
    if (answer !== null) return t.same(answer, health);
  }
  return t.fail('a connection that was closed leaves no room');
});

t.test('a request without an end, and one that is no request', async (t) => {
  const { open, peer } = await serve(t);
  const endless = await open();
  // It is cut off in the middle of what it sends.
  endless.on('error', () => undefined);
  const closed = new Promise((resolve) => endless.on('close', resolve));
  endless.write('x'.repeat(1024 * 1024));
  await closed;
  const strange = await open();
  strange.write('\0\xff\n{}\n[]\nnull\n');
  await once(strange, 'data');
  t.same(await (await peer()).call('health', {}), health);
});

t.test('commands are asked about by words, and not by whatever else', async (t) => {
  const { peer, asked } = await serve(t);
  const client = await peer();
  const question = { naming: ['web.service'], since: 0, until: 5 };
  t.same(await client.call('commands', question), []);
  t.same(asked, [{ ...question, patienceMs: 300 }]);
  for (const naming of [undefined, 'web', [7], ['x'.repeat(300)], Array(65).fill('x')]) {
    await t.rejects(client.call('commands', { ...question, naming }), /expected at most 64 words/);
  }
  await t.rejects(client.call('commands', { naming: [], since: 0 }), /since and until/);
});

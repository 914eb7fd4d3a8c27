import { randomBytes } from 'node:crypto';
import t, { type Test } from 'tap';
import { openRaw } from './raw-socket.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const rig = await startRig(t, { config: 'sessions: {ours: {command: sleep 10001}}' });
const [life] = await rig.up('ours');
const agent = rig.agent.pid;
const sockets = { agent: rig.paths.agentSocket, link: rig.paths.linkSocket };

let guests = 0;

/** The agent is the same, and what it is there for still happens. */
const stillWorks = async (t: Test): Promise<void> => {
  guests += 1;
  const guest = `guest-${guests}`;
  await eventually('the link', async () => {
    const { links } = await rig.client.call('status', {});
    return links.some(({ connected, pid }) => connected && pid === rig.link.pid) || undefined;
  });
  await rig.tmux('new-session', '-d', '-s', guest, 'sleep 10002');
  await rig.up(guest);
  await rig.tmux('kill-session', '-t', guest);
  await rig.until('its death', () =>
    rig.of('session.died').find(({ data }) => data.session === guest),
  );
  t.equal((await rig.client.call('version', {})).pid, agent, 'the same agent');
  t.strictSame(await rig.up('ours'), [life], 'no false death');
  t.equal(rig.of('session.died').length, guests, 'only what was killed has died');
};

const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

/** Lines that are no messages, or none that make sense. Each is answered, ignored or hung up on. */
const nonsense = [
  '',
  '   ',
  'hello',
  '{',
  'null',
  '42',
  '[]',
  '[{"jsonrpc":"2.0","id":1,"method":"version"}]',
  '{"jsonrpc":"2.0"}',
  '{"jsonrpc":"1.0","id":1,"method":"version"}',
  '{"jsonrpc":"2.0","id":{},"method":"version"}',
  '{"jsonrpc":"2.0","id":1,"method":"__proto__"}',
  '{"jsonrpc":"2.0","id":1,"method":"constructor","params":{}}',
  '{"jsonrpc":"2.0","id":2,"method":"events.read","params":{"limit":-1}}',
  '{"jsonrpc":"2.0","id":3,"method":"events.read","params":{"__proto__":{"limit":1}}}',
  '{"jsonrpc":"2.0","id":4,"method":"session.stop","params":{"session":"ours\\u0000"}}',
  '{"jsonrpc":"2.0","id":5,"method":"session.stop","params":{"session":"__proto__"}}',
  '{"jsonrpc":"2.0","id":6,"method":"incident","params":{"id":"constructor"}}',
  '{"jsonrpc":"2.0","id":7,"method":"screen.read","params":{"blob":"../../../../etc/passwd"}}',
  '{"jsonrpc":"2.0","id":8,"method":"log.level","params":{"level":"loud","session":"__proto__"}}',
  '{"jsonrpc":"2.0","id":99,"result":{}}',
  '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"no"}}',
  '{"jsonrpc":"2.0","method":"server.listing","params":{}}',
  '{"jsonrpc":"2.0","id":9,"method":"hello","params":{"protocol":2}}',
  nested,
  `{"jsonrpc":"2.0","id":10,"method":"version","params":${nested}}`,
];

for (const [name, path] of Object.entries(sockets)) {
  t.test(`nonsense on the socket for the ${name}`, async (t) => {
    for (const line of nonsense) {
      const socket = await openRaw(path);
      await socket.send(`${line}\n`);
      socket.close();
    }
    const socket = await openRaw(path);
    await socket.send(Buffer.concat([randomBytes(50_000), Buffer.from('\n')]));
    await socket.send(nonsense.join('\n'));
    socket.close();
    await stillWorks(t);
  });

  t.test(`10 MB in one line on the socket for the ${name}`, async (t) => {
    const whole = await openRaw(path);
    await whole.send(`${'x'.repeat(10 * 1024 * 1024)}\n`);
    await whole.closed;
    t.pass('hung up on');
    await stillWorks(t);
  });

  t.test(`half a line on the socket for the ${name}`, async (t) => {
    const half = await openRaw(path);
    await half.send('{"jsonrpc":"2.0","id":1,');
    await half.closed;
    t.pass('hung up on when the rest did not come');
    await stillWorks(t);
  });

  t.test(`crowds on the socket for the ${name}`, async (t) => {
    const crowd = await Promise.all(Array.from({ length: 300 }, () => openRaw(path)));
    t.equal((await rig.client.call('version', {})).pid, agent, 'who is in is served');
    for (const socket of crowd) socket.close();
    await stillWorks(t);
  });
}

const request = (id: number, method: string, params: object): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

t.test('a flood of requests is answered, if only by a refusal', async (t) => {
  const flood = await openRaw(sockets.agent);
  const lines = Array.from({ length: 2000 }, (_, id) => request(id, 'events.read', { limit: 1 }));
  await flood.send(lines.join(''));
  const answers = await eventually('every answer', () => {
    const heard = flood.heard().split('\n');
    return heard.length > lines.length ? heard.slice(0, -1) : undefined;
  });
  t.equal(new Set(answers.map((line) => JSON.parse(line).id)).size, lines.length);
  flood.close();
  await stillWorks(t);
});

t.test('one who asks and never reads is given up', async (t) => {
  const deaf = await openRaw(sockets.agent);
  deaf.pause();
  let gone = false;
  void deaf.closed.then(() => {
    gone = true;
  });
  // One answer waits to be read; requests past those that may wait with it are refused, and refusals pile up.
  for (let id = 0; !gone; id += 1) {
    const asked = deaf.send(request(id, 'events.read', { limit: 1000 }).repeat(500));
    await Promise.race([asked, deaf.closed]);
    await rig.client.call('version', {});
  }
  t.pass('hung up on');
  await stillWorks(t);
});

t.test('a stranger who says hello as a link cannot do harm by nonsense', async (t) => {
  const stranger = await openRaw(sockets.link);
  const hello = { protocol: 1, version: '0', owner: 'nobody', uid: 1, pid: 1, tmux: '0' };
  await stranger.send(request(1, 'hello', hello));
  const server = { server: 'main', instance: { pid: 1, startTime: 1 }, at: 0 };
  const told = [
    ['server.listing', { ...server, sessions: 'none' }],
    ['server.listing', { ...server, server: '__proto__' }],
    ['server.brief', { ...server, rows: [['$0', '%0', -1]] }],
    ['server.gone', { ...server, how: 'badly' }],
    ['server.unreachable', { ...server, why: 'absent', socket: 'x'.repeat(10_000) }],
    ['sockets.found', { sockets: [{ name: 'x', path: 5 }] }],
    ['screens', { server: 'main', screens: [{ pane: 'all', text: '', takenAt: 0 }] }],
  ].map(([method, params]) => JSON.stringify({ jsonrpc: '2.0', method, params }));
  await stranger.send(`${told.join('\n')}\n`);
  await stranger.closed;
  t.pass('the link of the owner takes its place again');
  await stillWorks(t);
});

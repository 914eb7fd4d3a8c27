import { renameSync } from 'node:fs';
import t from 'tap';
import { forgeServer, manners } from './forged-server.ts';
import { processesWith } from './processes.ts';
import { startRig } from './rig.ts';
import { startServer, tmuxOn } from './tmux.ts';

const config = `
adopt: auto
servers:
  main: {}
  friend: {adopt: friend}
  far: {adopt: HOME/far.sock}
  silent: {adopt: HOME/silent.sock}
  garbage: {adopt: HOME/garbage.sock}
  hangup: {adopt: HOME/hangup.sock}
sessions:
  ours: {command: sleep 10001}
`;

const settingsOf = async (socket: string): Promise<string> =>
  (await Promise.all(['-s', '-g', '-gw'].map((of) => tmuxOn(socket, 'show-options', of)))).join(
    '\n',
  );

const rig = await startRig(t, { config, link: false });
const friend = rig.ownSocket('friend');
const far = `${rig.home}/far.sock`;
const pids = {
  friend: await startServer(friend, 'pal', 'buddy'),
  far: await startServer(far, 'faraway', 'distant'),
};
const settings = await settingsOf(friend);
for (const [name, behave] of Object.entries(manners)) {
  await forgeServer(t, `${rig.home}/${name}.sock`, behave);
}
await rig.startLink();

t.test('servers that run already are found, by name and by path', async (t) => {
  await rig.up('pal', 'buddy', 'faraway', 'distant', 'ours');
  const found = rig.of('server.found').map(({ data }) => [data.server, data.managed, data.socket]);
  t.strictSame(found.sort(), [
    ['far', false, far],
    ['friend', false, friend],
    ['main', true, rig.socket()],
  ]);
  const births = rig.of('supervision.started').map(({ data }) => [data.session, data.found]);
  t.strictSame(births.sort(), [
    ['buddy', 'existing'],
    ['distant', 'existing'],
    ['faraway', 'existing'],
    ['ours', 'created'],
    ['pal', 'existing'],
  ]);
});

t.test('and none of their settings is touched', async (t) => {
  t.equal(await settingsOf(friend), settings);
});

t.test('what only pretends to be a server is not believed', async (t) => {
  for (const name of Object.keys(manners)) {
    t.match(await rig.server(name), { sessions: 0, pid: null, status: 'absent' }, name);
  }
  const elsewhere = `${rig.home}/elsewhere.sock`;
  await startServer(elsewhere, 'genuine');
  renameSync(elsewhere, `${rig.home}/silent.sock`);
  await rig.up('genuine');
});

t.test('a server that starts later is found', async (t) => {
  const pid = await startServer(rig.ownSocket('Späte Gäste'), 'latecomer');
  await rig.up('latecomer');
  const found = rig.of('server.found').findLast(({ data }) => data.instance.pid === pid);
  t.match(found?.data.socket, rig.ownSocket('Späte Gäste'));
  t.match(found?.data.server, /^[a-z0-9-]+$/, 'with a name that can be configured');
});

t.test('a session of it that ends unasked', async (t) => {
  await tmuxOn(friend, 'new-session', '-d', '-s', 'brief', 'sleep 10002');
  await rig.up('brief');
  await tmuxOn(friend, 'kill-session', '-t', 'brief');
  const died = await rig.until('death', () => rig.of('session.died')[0]);
  t.match(died.data, { session: 'brief', server: 'friend', declared: false });
});

t.test('a killed client of ours is no death, and is replaced', async (t) => {
  const clients = processesWith(friend, 'wait-for');
  t.equal(clients.length, 1);
  process.kill(clients[0] ?? 0, 'SIGKILL');
  await tmuxOn(friend, 'new-session', '-d', '-s', 'next', 'sleep 10003');
  await rig.up('next');
  await tmuxOn(friend, 'kill-session', '-t', 'next');
  const died = await rig.until('death', () => rig.of('session.died')[1]);
  t.match(died.data, { session: 'next' });
  t.match(await rig.server('friend'), { pid: pids.friend, status: 'alive', sessions: 2 });
});

t.test('watching brings no server down', async (t) => {
  for (const [server, socket] of [['friend', friend] as const, ['main', rig.socket()] as const]) {
    const { pid } = await rig.server(server);
    await tmuxOn(socket, 'new-session', '-d', '-s', 'pages', 'sleep 10004');
    await tmuxOn(socket, 'new-window', '-d', '-t', 'pages:', 'sleep 10004');
    await rig.up('pages');
    // Ends every server up to 3.6 that has a control client (tmux#5243).
    await tmuxOn(socket, 'select-window', '-t', 'pages:1', ';', 'kill-session', '-t', 'pages');
    await rig.until('its death', () =>
      rig.of('session.died').find(({ data }) => data.server === server && data.session === 'pages'),
    );
    t.equal((await rig.server(server)).pid, pid, `${server} lives`);
  }
});

t.test('a killed adopted server: one incident, and nothing is started', async (t) => {
  process.kill(pids.far, 'SIGKILL');
  const died = await rig.until('death of both', () => {
    const both = rig.of('session.died').filter(({ data }) => data.server === 'far');
    return both.length === 2 ? both : undefined;
  });
  t.strictSame(died.map(({ data }) => data.session).sort(), ['distant', 'faraway']);
  t.equal(new Set(died.map(({ data }) => data.incident)).size, 1);
  const verdict = await rig.until('verdict', () =>
    rig.of('verdict.reached').find(({ data }) => data.incident === died[0]?.data.incident),
  );
  t.match(verdict.data.verdict, { scope: 'server', cause: 'signal' });
  t.notOk(rig.of('decision.made').some(({ data }) => data.target.server === 'far'));
  pids.far = await startServer(far, 'faraway');
  await rig.up('faraway');
});

t.test('one that dies while the agent is down is told of when it is back', async (t) => {
  const before = rig.of('session.died').length;
  await rig.agent.kill('SIGKILL');
  process.kill(pids.friend, 'SIGKILL');
  process.kill(pids.far, 'SIGKILL');
  await rig.startAgent();
  const died = await rig.until('three deaths', () => {
    const later = rig.of('session.died').slice(before);
    return later.length === 3 ? later : undefined;
  });
  t.strictSame(died.map(({ data }) => data.session).sort(), ['buddy', 'faraway', 'pal']);
  for (const { data } of died) {
    t.equal(data.watched, 'agent-down');
    t.ok(data.lastSeen < data.found, 'an interval');
  }
  await rig.up('ours', 'genuine', 'latecomer');
  t.equal(rig.of('session.died').length, before + 3, 'no other death');
});

t.test('names no program would choose', async (t) => {
  const names = ['x'.repeat(3000), '🦊'.repeat(900), '$(touch /tmp/x)', "'; exit"];
  const pid = await startServer(far, 'plain');
  for (const name of names) await tmuxOn(far, 'new-session', '-d', '-s', name, 'sleep 10004');
  const all = await rig.until('all of them', () => {
    const here = rig.of('supervision.started').filter(({ data }) => data.instance.pid === pid);
    return here.length === names.length + 1 ? here : undefined;
  });
  for (const event of all) t.ok(Buffer.byteLength(JSON.stringify(event)) <= 8192);
  process.kill(pid, 'SIGKILL');
  const died = await rig.until('their deaths', () => {
    const ended = rig.of('session.died').filter(({ data }) => data.instance.pid === pid);
    return ended.length === names.length + 1 ? ended : undefined;
  });
  for (const event of died) t.ok(Buffer.byteLength(JSON.stringify(event)) <= 8192);
});

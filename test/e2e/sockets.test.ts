import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import t, { type Test } from 'tap';
import { forgeServer, manners } from './forged-server.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';
import { startServer, tmuxOn } from './tmux.ts';

const config = `
servers: {main: {}, other: {}, friend: {adopt: friend}}
recovery: {maxRestarts: 50, firstWait: 10ms, longestWait: 10ms}
sessions:
  one: {command: sleep 10001}
  two: {command: sleep 10002}
  three: {server: other, command: sleep 10003}
`;

const rig = await startRig(t, {
  config,
  prepare: (home) => void startServer(`${home}/own/tmux-${process.getuid?.()}/friend`, 'pal'),
});
const sessions = ['one', 'two', 'three', 'pal'];
const lives = await rig.up(...sessions);
const friend = rig.ownSocket('friend');

/** Resolves when what `server` lost has come back, so many times by now. */
const untilRestored = (server: string, times: number) =>
  rig.until(`restored ${server}`, () =>
    rig.of('server.socket_restored').filter(({ data }) => data.server === server).length >= times
      ? true
      : undefined,
  );

const nothingLost = async (t: Test): Promise<void> => {
  t.strictSame(rig.of('session.died'), [], 'no death');
  t.strictSame(rig.of('session.ended'), [], 'no end');
  t.strictSame(await rig.up(...sessions), lives, 'the same lives');
};

t.test('a removed socket is made again', async (t) => {
  rmSync(rig.socket());
  await untilRestored('main', 1);
  t.match(await rig.tmux('list-sessions', '-F', '#{session_name}'), /one\ntwo/);
  await nothingLost(t);
});

t.test('so is that of an adopted server', async (t) => {
  rmSync(friend);
  await untilRestored('friend', 1);
  t.match(await tmuxOn(friend, 'list-sessions', '-F', '#{session_name}'), 'pal');
  await nothingLost(t);
});

t.test('and its directory', async (t) => {
  rmSync(rig.paths.tmuxDir, { recursive: true });
  await Promise.all([untilRestored('main', 2), untilRestored('other', 1)]);
  t.equal(statSync(rig.paths.tmuxDir).mode & 0o777, 0o700, "nobody else's");
  t.match(await tmuxOn(rig.socket('other'), 'list-sessions', '-F', '#{session_name}'), 'three');
  await nothingLost(t);
});

t.test('a managed server takes its socket back from another one', async (t) => {
  const elsewhere = `${rig.home}/elsewhere.sock`;
  const stranger = await startServer(elsewhere, 'stranger');
  renameSync(elsewhere, rig.socket());
  await untilRestored('main', 3);
  t.match(await rig.tmux('list-sessions', '-F', '#{session_name}'), /one\ntwo/);
  t.ok(existsSync(`/proc/${stranger}`), 'which is left alone');
  await nothingLost(t);
});

t.test('and from something that is no tmux server', async (t) => {
  for (const [n, behave] of [manners.hangup, manners.garbage].entries()) {
    const path = `${rig.home}/forged-${n}.sock`;
    const forged = await forgeServer(t, path, behave);
    renameSync(path, rig.socket());
    await untilRestored('main', 4 + n);
    t.ok(forged.visitors() > 0, 'it was asked');
  }
  t.match(await rig.tmux('list-sessions', '-F', '#{session_name}'), /one\ntwo/);
  await nothingLost(t);
});

t.test('one that listens and says nothing looks like a server that hangs', async (t) => {
  const path = `${rig.home}/silent.sock`;
  await forgeServer(t, path, manners.silent);
  renameSync(path, rig.socket());
  const hung = await rig.until('hung', () =>
    rig.of('server.hung').find(({ data }) => data.server === 'main'),
  );
  t.match(hung.data, { processState: 'S' });
  rmSync(rig.socket());
  await eventually('its return', async () => (await rig.server()).status === 'alive' || undefined);
  t.match(await rig.tmux('list-sessions', '-F', '#{session_name}'), /one\ntwo/);
  await nothingLost(t);
});

t.test('what happens while the socket is away is told afterwards', async (t) => {
  const other = rig.socket('other');
  await tmuxOn(other, 'new-session', '-d', '-s', 'guest', 'sleep 10004');
  const [life] = await rig.up('guest');
  const pane = Number(await tmuxOn(other, 'display-message', '-pt', 'guest:', '#{pane_pid}'));
  rmSync(other);
  process.kill(pane, 'SIGKILL');
  const died = await rig.until('death of the guest', () => rig.of('session.died')[0]);
  t.match(died.data, { life, exit: { signal: 9 } });
  await untilRestored('other', 2);
});

t.test('an adopted server leaves its socket to another one of the owner', async (t) => {
  const elsewhere = rig.ownSocket('elsewhere');
  const before = (await rig.server('friend')).pid;
  const stranger = await startServer(elsewhere, 'newcomer');
  renameSync(elsewhere, friend);
  const refused = await rig.until('refusal', () =>
    rig.of('action.failed').find(({ data }) => data.code === 'socket-taken'),
  );
  t.match(refused.data.message, String(stranger));
  t.match(await rig.server('friend'), { status: 'socket-lost', pid: before });
  t.equal(rig.of('session.died').length, 1, 'no session of it is called dead');

  process.kill(before ?? 0, 'SIGKILL');
  await rig.up('newcomer');
  const died = rig.of('session.died').filter(({ data }) => data.server === 'friend');
  t.match(died, [{ data: { session: 'pal', serverState: 'dead' } }]);
  t.equal((await rig.server('friend')).pid, stranger);
});

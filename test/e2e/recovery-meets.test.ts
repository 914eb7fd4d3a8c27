import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startGround } from './recovery-ground.ts';
import { tmuxOn } from './tmux.ts';

/* A restart that is under way meets a server that hangs, a person who wants it to end, and a configuration without it. */

const ground = await startGround(t, 'hung', 'ended', 'stopped', 'gone');
const { rig, door, about, programsOf, sessionsOn, createHeld } = ground;
const { afterAnother, hasLives, restartAgent, untilSettled } = ground;

const serverPid = async (name: string): Promise<number> =>
  Number(await tmuxOn(rig.socket(name), 'display-message', '-p', '#{pid}'));

/** A create is under way to a server that has stopped; resolves when that was noticed. */
const createOnHung = async (t: Test, name: string): Promise<number> => {
  const pid = await serverPid(name);
  await createHeld(name);
  process.kill(pid, 'SIGSTOP');
  door.release('to-link');
  await rig.until('the server to be seen hanging', () =>
    rig.of('server.hung').find(({ data }) => data.server === name),
  );
  t.match((await rig.server(name)).status, 'hung');
  return pid;
};

t.test('a server that hangs while a session is started, and goes on', async (t) => {
  const pid = await createOnHung(t, 'hung');
  await untilSettled('hung');
  const tried = about('hung').requested;
  await afterAnother();
  t.equal(about('hung').requested, tried, 'nothing is tried meanwhile');
  process.kill(pid, 'SIGCONT');
  await hasLives(t, 'hung', 2);
  t.ok(about('hung').requested <= tried + 1, 'and not often after it');
});

t.test('a server that hangs while a session is started, and is killed', async (t) => {
  const pid = await createOnHung(t, 'ended');
  process.kill(pid, 'SIGKILL');
  await rig.until('its end', () =>
    rig.of('server.died').find(({ data }) => data.server === 'ended'),
  );
  await hasLives(t, 'ended', 2);
  t.equal(rig.of('server.died').filter(({ data }) => data.server === 'ended').length, 1);
});

t.test('a stop while it is being started', async (t) => {
  const lives = (): number =>
    rig.of('supervision.started').filter(({ data }) => data.session === 'stopped').length;
  await createHeld('stopped');
  const stop = rig.client.call('session.stop', { session: 'stopped' });
  await rig.until('the wish', () =>
    rig.of('decision.made').find(({ data }) => data.decision === 'stop'),
  );
  door.release('to-link');
  t.match(await stop, { outcome: 'done' });
  await afterAnother();
  t.equal(lives(), 2, 'it came, and was ended');
  t.match(rig.of('session.ended').at(-1)?.data, { session: 'stopped', reason: 'intended' });
  const { sessions } = await rig.client.call('status', {});
  t.match(
    sessions.find(({ session }) => session === 'stopped'),
    { status: 'stopped' },
  );
  await restartAgent();
  await afterAnother();
  t.equal(lives(), 2, 'it stays so');
});

t.test('a configuration without it, while it is being started', async (t) => {
  await createHeld('gone');
  const file = join(rig.home, 'etc/holdfast.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('  gone: {server: gone', '  renamed: {server: gone'));
  await rig.client.call('config.reload', {});
  door.release('to-link');
  await rig.up('renamed');
  await untilSettled('gone');
  await afterAnother();
  t.strictSame(
    rig.of('session.undeclared').map(({ data }) => data.session),
    ['gone'],
  );
  const lives = programsOf('gone').length;
  t.equal(lives, 3, 'the one it had, the one under way, and that of the new name');
  const pid = await tmuxOn(
    rig.socket('gone'),
    ...['display-message', '-p', '-t', '=gone:', '#{pane_pid}'],
  );
  process.kill(Number(pid), 'SIGKILL');
  await rig.until('its end', () =>
    rig
      .of('session.died')
      .filter(({ data }) => data.session === 'gone')
      .at(1),
  );
  await afterAnother();
  t.strictSame([programsOf('gone').length, await sessionsOn('gone')], [lives, ['renamed']]);
});

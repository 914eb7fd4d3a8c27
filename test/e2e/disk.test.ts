import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Event } from '../../agent/model/event.ts';
import { mountSmallDisk, onSmallDisk } from '../agent/tell/small-disk.ts';
import { mountImage } from './disk-image.ts';
import { type Rig, startRig } from './rig.ts';
import { numberedEvents, sameEvents } from './same-events.ts';
import { eventually } from './sampled.ts';
import { tmuxScript } from './tmux.ts';

const config = `
recovery: {maxRestarts: 100, firstWait: 10ms, longestWait: 10ms}
sessions:
  declared: {command: sleep 10001}
  stopped: {command: sleep 10002}
`;

const onDisk = (path: string) => ({
  config,
  prepare: (home: string) => symlinkSync(path, join(home, 'state')),
});

let made = 0;

/** Sessions that come and go: their records take space. */
const killSome = async (rig: Rig): Promise<string[]> => {
  const names = Array.from({ length: 10 }, (_, n) => `guest-${made + n}`);
  made += names.length;
  await tmuxScript(
    rig.socket(),
    names.map((name) => `new-session -d -s ${name} 'sleep 10003'`),
  );
  await rig.up(...names);
  await tmuxScript(
    rig.socket(),
    names.map((name) => `kill-session -t =${name}`),
  );
  await rig.until('their deaths', () => {
    const died = new Set(rig.of('session.died').map(({ data }) => data.session));
    return names.every((name) => died.has(name)) ? true : undefined;
  });
  return names;
};

/** Kills until the disk takes nothing; what a subscriber was told since then is marked. */
const killUntilUnstored = async (rig: Rig): Promise<void> => {
  while (!rig.received.some(({ stored }) => !stored)) await killSome(rig);
};

const logOf = async (rig: Rig) => (await rig.client.call('status', {})).agent.log;

/** What must hold while the disk takes nothing. */
const worksWithoutDisk = async (t: Test, rig: Rig, code: RegExp): Promise<void> => {
  const { agent } = await rig.client.call('status', {});
  t.match(agent.log, { status: 'degraded', code });
  t.match(agent.text, /supervising .* the log waits in memory/);
  t.ok(agent.log.queued > 0);

  const before = rig.received.length;
  await rig.tmux('kill-session', '-t', '=declared');
  const told = await rig.until('the death', () =>
    rig.received
      .slice(before)
      .find(({ event }) => event.type === 'session.died' && event.data.session === 'declared'),
  );
  t.equal(told.stored, false, 'a subscriber hears of a death at once');
  await rig.until('its return', () =>
    rig.received
      .slice(before)
      .some(
        ({ event }) => event.type === 'supervision.started' && event.data.session === 'declared',
      )
      ? true
      : undefined,
  );
  await t.rejects(
    rig.client.call('session.stop', { session: 'stopped' }),
    {
      code,
    },
    'no end without a durable intent',
  );
  t.match(await rig.tmux('list-sessions', '-F', '#{session_name}'), /^stopped$/m);
};

/** Resolves when all that waited is stored; everything in the log. */
const caughtUp = async (rig: Rig): Promise<Event[]> => {
  await eventually('the log', async () => {
    const { status, queued } = await logOf(rig);
    return status === 'ok' && queued === 0 ? true : undefined;
  });
  return rig.events();
};

const nothingIsHarmed = (t: Test, rig: Rig, before: Event[], after: Event[]): void => {
  t.equal(sameEvents(before, after), before.length, 'what was written before is as it was');
  t.equal(numberedEvents(after), after.length, 'what came since is there, without a hole');
  const told = rig.received.map(({ event }) => event);
  t.equal(sameEvents(told, after), told.length, 'a subscriber was told each once, in order');
};

t.test('a full disk', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '2m');
  const rig = await startRig(t, onDisk(disk.path));
  await rig.up('declared', 'stopped');
  await killSome(rig);
  const before = await rig.events();

  disk.fill();
  await killUntilUnstored(rig);
  await worksWithoutDisk(t, rig, /ENOSPC/);
  disk.free();
  const after = await caughtUp(rig);
  nothingIsHarmed(t, rig, before, after);
  t.match(await rig.client.call('session.stop', { session: 'stopped' }), { outcome: 'done' });

  await rig.agent.kill('SIGKILL');
  await rig.startAgent();
  t.equal(sameEvents(after, await rig.events()), after.length, 'after a restart too');
});

t.test('a disk that is full at the first start', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '2m');
  disk.fill();
  const rig = await startRig(t, onDisk(disk.path));
  await rig.up('declared', 'stopped');
  await worksWithoutDisk(t, rig, /ENOSPC/);
  disk.free();
  nothingIsHarmed(t, rig, [], await caughtUp(rig));
});

t.test('a disk that stops answering', async (t) => {
  const disk = mountImage(t);
  if (!disk) return void t.plan(0, 'mounting a disk image is not allowed here');
  const rig = await startRig(t, onDisk(disk.path));
  await rig.up('declared', 'stopped');
  const before = await rig.events();

  disk.freeze();
  try {
    await killUntilUnstored(rig);
    await worksWithoutDisk(t, rig, /log-stalled/);
  } finally {
    disk.thaw();
  }
  nothingIsHarmed(t, rig, before, await caughtUp(rig));
});

t.test('a disk that becomes read-only', async (t) => {
  const disk = mountImage(t);
  if (!disk) return void t.plan(0, 'mounting a disk image is not allowed here');
  const rig = await startRig(t, onDisk(disk.path));
  await rig.up('declared', 'stopped');
  await killSome(rig);
  // An action is on the disk itself before it runs, and all events before it are.
  await rig.client.call('session.send', { session: 'stopped', text: 'x', enter: false });
  const told = await rig.events();
  const before = told.slice(0, told.findLastIndex(({ type }) => type === 'action.requested') + 1);
  t.ok(before.length > 20);

  disk.fail();
  await killUntilUnstored(rig);
  await worksWithoutDisk(t, rig, /EROFS|EIO/);
  await rig.agent.kill('SIGKILL');
  disk.mend();
  await rig.startAgent();
  await rig.up('declared', 'stopped');
  t.equal(sameEvents(before, await rig.events()), before.length, 'nothing old is harmed');
  const gap = await rig.until('the gap', () => rig.of('events.gap')[0]);
  t.equal(gap.data.reason, 'not-stored', 'a subscriber is told what it cannot rely on');
  t.strictSame(rig.of('log.quarantined'), []);
});

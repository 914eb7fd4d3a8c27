import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { mountSmallDisk, onSmallDisk } from '../agent/tell/small-disk.ts';
import { type Rig, startRig } from './rig.ts';
import { numberedEvents, sameEvents } from './same-events.ts';
import { eventually } from './sampled.ts';

/* Sessions die while the disk takes nothing, and the agent with them. */

const names = Array.from({ length: 6 }, (_, n) => `one-${n}`);

const config = [
  'recovery: {maxRestarts: 50, firstWait: 100ms, longestWait: 100ms}',
  'sessions:',
  ...names.map((name) => `  ${name}: {command: "echo $$ >>HOME/${name}.marks; exec sleep 12200"}`),
].join('\n');

const programsOf = (rig: Rig, name: string): number[] => {
  const file = join(rig.home, `${name}.marks`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
};

const untilPrograms = (rig: Rig, count: number): Promise<true> =>
  eventually(`${count} programs of each`, () =>
    names.every((name) => programsOf(rig, name).length >= count) ? true : undefined,
  );

const killAll = (rig: Rig): void => {
  // Never 0: that is everybody of this test's group.
  for (const name of names) process.kill(programsOf(rig, name).at(-1) || Number.NaN, 'SIGKILL');
};

const untilUnstored = async (rig: Rig): Promise<void> => {
  for (let n = 0; !rig.received.some(({ stored }) => !stored); n += 1) {
    await rig.tmux('new-session', '-d', '-s', `filling-${n}`, 'sleep 12201');
    await rig.up(`filling-${n}`);
  }
};

/** What is up now is what has to be, and each of it once. */
const isWhole = async (t: Test, rig: Rig, programs: number): Promise<void> => {
  // What is not stored an agent that was killed has not told: their lives of before may seem to go on.
  const up = await eventually('all that are declared', async () => {
    const { sessions } = await rig.client.call('status', {});
    const found = sessions.filter(({ declared, status }) => declared && status === 'up');
    return found.length >= names.length ? found : undefined;
  });
  t.strictSame(up.map(({ session }) => session).toSorted(), names);
  t.strictSame(
    names.map((name) => programsOf(rig, name).length),
    names.map(() => programs),
  );
  const running = (await rig.tmux('list-sessions', '-F', '#{session_name}')).split('\n');
  t.strictSame(running.filter((name) => name.startsWith('one-')).toSorted(), names);
};

t.test('sessions that die on a full disk come back, once', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '2m');
  const rig = await startRig(t, {
    config,
    prepare: (home) => symlinkSync(disk.path, join(home, 'state')),
  });
  await rig.up(...names);
  await untilPrograms(rig, 1);
  const before = await rig.events();
  disk.fill();
  await untilUnstored(rig);

  killAll(rig);
  await untilPrograms(rig, 2);
  await rig.up(...names);
  await isWhole(t, rig, 2);
  const deaths = rig.of('session.died').filter(({ data }) => data.declared);
  t.strictSame(deaths.map(({ data }) => data.session).toSorted(), names, 'each death is told once');

  await rig.agent.kill('SIGKILL');
  killAll(rig);
  await rig.startAgent();
  await untilPrograms(rig, 3);
  await rig.up(...names);
  await isWhole(t, rig, 3);

  disk.free();
  await eventually('the log', async () => {
    const { log } = (await rig.client.call('status', {})).agent;
    return log.status === 'ok' && log.queued === 0 ? true : undefined;
  });
  const after = await rig.events();
  t.equal(sameEvents(before, after), before.length, 'what was written before is as it was');
  t.equal(numberedEvents(after), after.length, 'what came since is there, without a hole');
  await rig.agent.kill('SIGKILL');
  await rig.startAgent();
  await rig.up(...names);
  await isWhole(t, rig, 3);
});

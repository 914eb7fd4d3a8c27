import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rig } from '../../e2e/rig.ts';
import { killed, unharmed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { binary } from '../ground/means.ts';
import { program } from '../ground/programs.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import type { Way } from '../way.ts';

const onServer = { server: 'both', ruins: 'server' } as const;

/** Resolves when the server with this pid has its socket back. */
const untilRestored = (rig: Rig, pid: number): Promise<true> =>
  rig.until(
    `the socket of ${pid}`,
    () =>
      rig.of('server.socket_restored').some(({ data }) => data.instance.pid === pid) || undefined,
  );

const removed = (name: string, sentence: string, ruins: Way['ruins'], whole: boolean): Way => ({
  ...onServer,
  name,
  sentence,
  ruins,
  run: async (ground: Ground) => {
    const victim = await ground.sleeper();
    const pid = await ground.serverPid();
    rmSync(whole ? dirname(ground.socket) : ground.socket, { recursive: true });
    await untilRestored(ground.rig, pid);
    return unharmed(victim);
  },
});

/** systemd-tmpfiles spares sockets that somebody listens on, and takes everything else of that age. */
const cleaned: Way = {
  ...onServer,
  name: 'tmpfiles-clean',
  sentence: 'The directory with the socket of a tmux server is cleaned of all that is old.',
  ruins: 'watchers',
  needs: ['root', { program: 'systemd-tmpfiles' }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const rules = ground.files.fresh();
    writeFileSync(rules, `d ${dirname(ground.socket)} - - - 0\n`);
    await runToEnd([program('systemd-tmpfiles'), '--clean', rules]);
    return unharmed(victim);
  },
};

/** The socket has nothing to do with it. */
const thenKilled: Way = {
  ...onServer,
  name: 'socket-then-kill',
  sentence: 'The socket of a tmux server is removed, and at once the server is killed.',
  needs: binary.needs,
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const pid = await ground.serverPid();
    rmSync(ground.socket);
    const killer = await binary.send(ground, 'KILL', pid);
    return killed(victims, 'SIGKILL', [killer], 'server');
  },
};

/** Sockets that go away; what is behind them does not. */
export const sockets: readonly Way[] = [
  removed('socket-removed', 'The socket of a tmux server is removed.', 'server', false),
  // Every other server has its socket in that directory.
  removed(
    'socket-directory-removed',
    'The directory with the socket of a tmux server is removed.',
    'watchers',
    true,
  ),
  cleaned,
  thenKilled,
];

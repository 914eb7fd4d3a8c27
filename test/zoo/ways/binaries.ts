import { copyFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { killed, unharmed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { binary } from '../ground/means.ts';
import { program } from '../ground/programs.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import type { Way } from '../way.ts';

const onServer = {
  server: 'adopted',
  ruins: 'server',
  needs: binary.needs,
} as const;

/** Starts the server from a copy of tmux: by its name nobody else is found. */
const startCopy = async (ground: Ground): Promise<string> => {
  const path = ground.files.copy('tmux');
  await runToEnd([path, '-f', '/dev/null', '-S', ground.socket, 'new-session', '-d', 'sleep 1000']);
  return path;
};

/** As a package manager does it: the new file takes the name of the old one, which goes on without one. */
const replace = (ground: Ground, path: string): void => {
  const other = ground.files.fresh();
  copyFileSync(program('sleep'), other);
  renameSync(other, path);
};

const replaced: Way = {
  ...onServer,
  name: 'server-binary-replaced',
  sentence: 'The file of the running tmux server is replaced.',
  run: async (ground) => {
    const path = await startCopy(ground);
    const victim = await ground.sleeper();
    replace(ground, path);
    return unharmed(victim);
  },
};

const thenKilled: Way = {
  ...onServer,
  name: 'server-binary-replaced-then-killed',
  sentence: 'The file of the running tmux server is replaced, and then the server is killed.',
  run: async (ground) => {
    const path = await startCopy(ground);
    const victims = [await ground.sleeper(), await ground.sleeper()];
    replace(ground, path);
    const killer = await binary.send(ground, 'KILL', await ground.serverPid());
    return killed(victims, 'SIGKILL', [killer], 'server');
  },
};

const programKilled: Way = {
  ...onServer,
  name: 'server-binary-replaced-program-killed',
  sentence: "The file of the running tmux server is replaced, and a session's program killed.",
  run: async (ground) => {
    const path = await startCopy(ground);
    const victim = await ground.sleeper();
    replace(ground, path);
    return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
  },
};

/** A server calls itself by the name of its file: `tmux: server`, and `abcdefghij:` where there is no room for more. */
const byName = (tool: 'pkill' | 'killall', argvOf: (comm: string) => readonly string[]): Way => ({
  ...onServer,
  name: `server-${tool}`,
  sentence: `The tmux server is found by its name, and killed by ${tool}.`,
  needs: [{ program: tool }],
  run: async (ground) => {
    const path = await startCopy(ground);
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const comm = `${basename(path)}:`;
    const argv = [program(tool), ...argvOf(comm)];
    return killed(victims, 'SIGKILL', [await strike(ground, argv)], 'server');
  },
});

/** Servers by the file they were started from. */
export const binaries: readonly Way[] = [
  replaced,
  thenKilled,
  programKilled,
  byName('pkill', (comm) => ['-9', '-x', comm]),
  byName('killall', (comm) => ['-9', comm]),
];

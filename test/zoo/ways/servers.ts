import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { eventually } from '../../e2e/sampled.ts';
import { killed, unharmed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { noted, readPid, strike } from '../ground/killer.ts';
import { binary, builtin, type Means } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import type { Way } from '../way.ts';

const onServer = { where: 'here', server: 'both', ruins: 'server' } as const;

const twoVictims = async (ground: Ground) => [await ground.sleeper(), await ground.sleeper()];

const signalled = (signal: string, means: Means): Way => ({
  ...onServer,
  name: `server-${signal.toLowerCase()}-${means.name}`,
  sentence: `The tmux server is sent SIG${signal} by ${means.about}.`,
  needs: means.needs,
  run: async (ground) => {
    const victims = await twoVictims(ground);
    const killer = await means.send(ground, signal, await ground.serverPid());
    return killed(victims, `SIG${signal}`, [killer], 'server');
  },
});

/** The pattern is the path of the socket, which is in the command line of our own client too. */
const byPattern: Way = {
  ...onServer,
  name: 'server-pkill-f',
  sentence: 'The tmux server is found by its command line and killed, with every client of it.',
  needs: [{ program: 'pkill' }],
  run: async (ground) => {
    const victims = await twoVictims(ground);
    const killer = await strike(ground, [program('pkill'), '-9', '-f', ground.socket]);
    return killed(victims, 'SIGKILL', [killer], 'server');
  },
};

/** A server in the foreground, started by `starter` and its arguments. */
const startedBy = async (ground: Ground, starter: readonly string[]) => {
  const argv = [...starter, program('tmux'), '-f', '/dev/null', '-S', ground.socket, '-D'];
  const { pidFile, argv: full } = noted(ground, argv);
  const [file = '', ...args] = full;
  const { TMUX: _, ...env } = process.env;
  const child = spawn(file, args, { stdio: 'ignore', cwd: tmpdir(), env });
  const ended = once(child, 'exit');
  await eventually(ground.socket, () => existsSync(ground.socket) || undefined);
  return { pid: await readPid(pidFile), argv, ended };
};

/** Long enough for two sessions to be made and found meanwhile, seconds. */
const timeoutSeconds = '8';

const timedOut: Way = {
  ...onServer,
  name: 'server-timeout',
  sentence: 'The tmux server was started below timeout(1), and its time is over.',
  server: 'adopted',
  needs: [{ program: 'timeout' }],
  run: async (ground) => {
    const starter = [program('timeout'), timeoutSeconds];
    const { pid, argv, ended } = await startedBy(ground, starter);
    const victims = await twoVictims(ground);
    await ended;
    return killed(victims, 'SIGTERM', [{ pid, cmdline: argv }], 'server');
  },
};

/** The kernel sends the signal in the name of the parent that has just ended. */
const orphaned: Way = {
  ...onServer,
  name: 'server-parent-death',
  sentence: 'Who started the tmux server is killed, and it had asked for a signal at that.',
  server: 'adopted',
  needs: [{ program: 'setpriv' }],
  run: async (ground) => {
    const parent = ground.files.script('sh', '"$@"; exit');
    const starter = [parent, program('setpriv'), '--pdeathsig', 'TERM'];
    const { pid, argv, ended } = await startedBy(ground, starter);
    const victims = await twoVictims(ground);
    const server = await ground.serverPid();
    const killer = await builtin.send(ground, 'KILL', pid);
    await ended;
    await untilGone(server);
    return killed(victims, 'SIGTERM', [{ pid, cmdline: argv }, killer], 'server');
  },
};

const ignored: Way = {
  ...onServer,
  name: 'server-hup',
  sentence: 'The tmux server is sent SIGHUP, which it ignores.',
  ruins: 'session',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    await binary.send(ground, 'HUP', await ground.serverPid());
    return unharmed(victim);
  },
};

/** Ends of whole tmux servers. */
export const servers: readonly Way[] = [
  signalled('KILL', builtin),
  signalled('KILL', binary),
  signalled('TERM', builtin),
  signalled('INT', binary),
  signalled('SEGV', binary),
  byPattern,
  timedOut,
  orphaned,
  ignored,
];

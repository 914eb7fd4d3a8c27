import { died, killed, unharmed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { binary, builtin, everyMeans, type Means } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import { startServerBy } from '../ground/start-server.ts';
import type { Way } from '../way.ts';

const onServer = { server: 'both', ruins: 'server' } as const;

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
    const { pid, argv, ended } = await startServerBy(ground, starter);
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
    const { pid, argv, ended } = await startServerBy(ground, starter);
    const victims = await twoVictims(ground);
    const server = await ground.serverPid();
    const killer = await builtin.send(ground, 'KILL', pid);
    await ended;
    await untilGone(server);
    return killed(victims, 'SIGTERM', [{ pid, cmdline: argv }, killer], 'server');
  },
};

const survived = (signal: string, what: string): Way => ({
  ...onServer,
  name: `server-${signal.toLowerCase()}`,
  sentence: `The tmux server is sent SIG${signal}, ${what}.`,
  ruins: 'session',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    await binary.send(ground, signal, await ground.serverPid());
    return unharmed(victim);
  },
});

/** What it shows is work. */
const tooBusy: Way = {
  ...onServer,
  name: 'server-cpu-limit',
  sentence: 'The tmux server reaches the soft limit of its processor time.',
  needs: [{ program: 'prlimit' }],
  run: async (ground) => {
    const victims = await twoVictims(ground);
    const pid = await ground.serverPid();
    // Before the limit is set, or it would have the same one and reach it first.
    const talk = ['new-window', '-d', '-t', `${victims[0]?.session}:`, 'exec yes'];
    await ground.tmux(...talk);
    await runToEnd([program('prlimit'), '--pid', String(pid), '--cpu=1:100']);
    await untilGone(pid);
    return died(victims, ['rlimit'], { scope: 'server', signal: 'SIGXCPU' });
  },
};

const others = everyMeans.filter((means) => means !== builtin && means !== binary);

/** Ends of whole tmux servers. */
export const servers: readonly Way[] = [
  signalled('KILL', builtin),
  signalled('KILL', binary),
  signalled('TERM', builtin),
  signalled('INT', binary),
  signalled('SEGV', binary),
  ...others.map((means) => ({ ...signalled('KILL', means), server: 'managed' as const })),
  signalled('ABRT', builtin),
  byPattern,
  timedOut,
  orphaned,
  survived('HUP', 'which it ignores'),
  survived('QUIT', 'which it ignores too'),
  survived('USR1', 'at which it makes its socket again'),
  survived('CHLD', 'and no child of it has ended'),
  tooBusy,
];

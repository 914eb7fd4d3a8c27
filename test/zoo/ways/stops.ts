import { killed, unharmed } from '../expected.ts';
import type { Ground } from '../ground/ground.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { program } from '../ground/programs.ts';
import { runToEnd } from '../ground/run-to-end.ts';
import { untilHung, untilResumed } from '../ground/until-hung.ts';
import type { Way } from '../way.ts';

const onServer = { server: 'both', ruins: 'server', needs: binary.needs } as const;

/** Stops the server and resolves when that was noticed. */
const stopServer = async (ground: Ground): Promise<number> => {
  const pid = await ground.serverPid();
  process.kill(pid, 'SIGSTOP');
  await untilHung(ground, pid);
  return pid;
};

const stopped: Way = {
  ...onServer,
  name: 'server-stopped',
  sentence: 'The tmux server is stopped for a while, and goes on.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const pid = await stopServer(ground);
    process.kill(pid, 'SIGCONT');
    await untilResumed(ground, pid);
    return unharmed(victim);
  },
};

const killedWhileStopped: Way = {
  ...onServer,
  name: 'server-stopped-then-killed',
  sentence: 'The tmux server is stopped, and killed while it hangs.',
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const pid = await stopServer(ground);
    return killed(victims, 'SIGKILL', [await binary.send(ground, 'KILL', pid)], 'server');
  },
};

/** Nobody is told before the server goes on. */
const paneWhileStopped: Way = {
  ...onServer,
  name: 'killed-behind-a-stop',
  sentence: "A session's program is killed while its tmux server is stopped; later that goes on.",
  run: async (ground) => {
    const victim = await ground.sleeper();
    await ground.sleeper();
    const pid = await stopServer(ground);
    const killer = await binary.send(ground, 'KILL', victim.pid);
    await untilGone(victim.pid);
    process.kill(pid, 'SIGCONT');
    return killed([victim], 'SIGKILL', [killer]);
  },
};

const busy: Way = {
  ...onServer,
  name: 'server-busy',
  sentence: 'The tmux server is kept busy, and one of its sessions is killed meanwhile.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const talk = 'yes | head -n 5000000; exec sleep 100000';
    await ground.victim([ground.files.script('sh', talk)]);
    return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
  },
};

const windows = 24;

/** A text that holds something for each window, for each window, and so on: to make it takes many seconds. */
const endless = '#{W:#{W:#{W:#{W:#{W:}}}}}';

/** Resolves when the server has something to do that lets it do nothing else, with the end of that. */
const occupy = async ({ tmux, socket }: Ground): Promise<{ over: Promise<void> }> => {
  const session = ['new-session', '-d', '-P', '-F', '#{session_id}', 'sleep 100000'];
  const id = await tmux(...session);
  const window = [';', 'new-window', '-d', '-t', `${id}:`, 'sleep 100000'];
  await tmux(
    ...Array.from({ length: windows }, () => window)
      .flat()
      .slice(1),
  );
  const ask = ['-S', socket, 'display-message', '-p', '-t', `${id}:`, endless];
  return { over: runToEnd([program('tmux'), ...ask]) };
};

const occupied: Way = {
  ...onServer,
  name: 'server-occupied',
  sentence: 'The tmux server does nothing but expand a format for many seconds, and goes on.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const { over } = await occupy(ground);
    await over;
    return unharmed(victim);
  },
};

const killedBehindWork: Way = {
  ...onServer,
  name: 'killed-behind-work',
  sentence: "A session's program is killed while its tmux server has time for nothing else.",
  run: async (ground) => {
    const victim = await ground.sleeper();
    const { over } = await occupy(ground);
    const killer = await binary.send(ground, 'KILL', victim.pid);
    await over;
    return killed([victim], 'SIGKILL', [killer]);
  },
};

const programStopped: Way = {
  ...onServer,
  name: 'program-stopped',
  sentence: "A session's program is stopped and goes on.",
  ruins: 'session',
  run: async (ground) => {
    const victim = await ground.sleeper();
    await binary.send(ground, 'STOP', victim.pid);
    await binary.send(ground, 'CONT', victim.pid);
    return unharmed(victim);
  },
};

/** What stands still, and what dies while it does. */
export const stops: readonly Way[] = [
  stopped,
  killedWhileStopped,
  paneWhileStopped,
  busy,
  occupied,
  killedBehindWork,
  programStopped,
];

import { readlinkSync } from 'node:fs';
import { eventually } from '../../e2e/sampled.ts';
import { died, killed } from '../expected.ts';
import { noted, readPid, strike } from '../ground/killer.ts';
import { binary } from '../ground/means.ts';
import { program } from '../ground/programs.ts';
import { typeInto } from '../ground/typing.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

const byShell: Way = {
  ...onSession,
  name: 'kill-by-neighbour-shell',
  sentence: "The kill of another session's interactive shell ends a session's program.",
  server: 'both',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const { session, pid } = await ground.victim();
    await ground.tmux('send-keys', '-t', session, `kill -9 ${victim.pid}`, 'Enter');
    return killed([victim], 'SIGKILL', [{ pid, cmdline: [], session }]);
  },
};

const byProgram: Way = {
  ...onSession,
  name: 'kill-by-neighbour-program',
  sentence: "Typed into another session's shell, /bin/kill ends a session's program.",
  server: 'both',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const { session } = await ground.victim();
    const argv = [program('kill'), '-KILL', String(victim.pid)];
    return killed([victim], 'SIGKILL', [await typeInto(ground, session, argv)]);
  },
};

/** The pane beside is of the same session, which goes with whichever program is the last: the killer may be that. */
const byOwnPane: Way = {
  ...onSession,
  name: 'kill-by-own-pane',
  sentence: 'A program in one pane of a session kills that of the other, and ends.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const kill = [program('kill'), '-KILL', String(victim.pid)];
    const { pidFile, argv } = noted(ground, kill);
    await ground.tmux('split-window', '-d', '-t', `${victim.session}:`, ...argv);
    const killer = { pid: await readPid(pidFile), cmdline: kill };
    return died([victim], ['signal', 'program-exit'], { killers: [killer] });
  },
};

/** Started by the tmux server that the victim is on. */
const byRunShell: Way = {
  ...onSession,
  name: 'kill-by-run-shell',
  sentence: 'tmux runs a command of a shell by run-shell, and that kills a program of its own.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const kill = [program('kill'), '-KILL', String(victim.pid)];
    const { pidFile, argv } = noted(ground, kill);
    await ground.tmux('run-shell', '-b', argv.join(' '));
    return killed([victim], 'SIGKILL', [{ pid: await readPid(pidFile), cmdline: kill }]);
  },
};

/** xargs runs it, and is gone at once. */
const byPipeline: Way = {
  ...onSession,
  name: 'kill-by-xargs',
  sentence: 'A line of a shell looks for a program by its name and hands it to kill by xargs.',
  needs: [{ program: 'xargs' }, { program: 'ps' }, ...binary.needs],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const kill = [program('kill'), '-KILL'];
    const { pidFile, argv } = noted(ground, kill);
    const line = `ps -eo pid=,comm= | awk '$2 == "${victim.program}" {print $1}' | xargs ${argv.join(' ')}`;
    await strike(ground, [ground.files.script('sh', line)]);
    return killed([victim], 'SIGKILL', [{ pid: await readPid(pidFile), cmdline: kill }]);
  },
};

const byUse: Way = {
  ...onSession,
  name: 'fuser-k',
  sentence: 'fuser -k ends every program that uses a file.',
  needs: [{ program: 'fuser' }],
  run: async (ground) => {
    const victim = await ground.sleeper();
    const file = readlinkSync(`/proc/${victim.pid}/exe`);
    const argv = [program('fuser'), '-k', '-KILL', file];
    return killed([victim], 'SIGKILL', [await strike(ground, argv)]);
  },
};

/** The client of tmux sends SIGHUP to whoever started it. */
const byOwnClient: Way = {
  ...onSession,
  name: 'detach-parent',
  sentence: 'detach-client -P has a client end the shell that it was typed into.',
  run: async (ground) => {
    const victim = await ground.victim();
    const other = await ground.sleeper();
    const attach = [program('tmux'), '-S', ground.socket, 'attach-session', '-t', other.session];
    const client = await typeInto(ground, victim.session, ['env', '-u', 'TMUX', ...attach]);
    await eventually('a client', async () => {
      const clients = await ground.tmux('list-clients', '-t', other.session);
      return clients !== '' || undefined;
    });
    const detach = [program('tmux'), '-S', ground.socket, 'detach-client', '-P'];
    const killer = await strike(ground, [...detach, '-s', other.session]);
    return killed([victim], 'SIGHUP', [{ pid: client.pid, cmdline: attach }, killer]);
  },
};

/** Killers that live in tmux too, and those that somebody else's program runs. */
export const neighbours: readonly Way[] = [
  byShell,
  byProgram,
  byOwnPane,
  byRunShell,
  byPipeline,
  byUse,
  byOwnClient,
];

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeDeclared } from '../model/declared-name.ts';
import type { Instance } from '../model/events/server.ts';
import { TmuxFailure } from '../model/failure.ts';
import { formatLiteral } from '../model/tmux-name.ts';
import type { LinkMethods } from '../protocol/link.ts';
import { instanceStat } from './process.ts';
import { clientFlags, managedSettings } from './tmux/dialect.ts';
import { probe } from './tmux/probe.ts';
import { runScript } from './tmux/script.ts';

/** How long a new or repaired socket may take to answer, ms. */
const appearMs = 3000;

const socketTaken = (socket: string, { pid }: Instance): TmuxFailure =>
  new TmuxFailure('socket-taken', `another server, pid ${pid}, listens on ${socket}`);

/** Polls, because tmux tells nobody when its socket is ready. `pid`: of the server that is waited for. */
const untilAlive = async (socket: string, pid: number | null): Promise<Instance> => {
  const deadline = Date.now() + appearMs;
  for (;;) {
    const found = await probe(socket);
    const late = Date.now() > deadline;
    if (found.kind === 'alive') {
      if (pid === null || found.instance.pid === pid) return found.instance;
      if (late) throw socketTaken(socket, found.instance);
    } else if (late) {
      throw new TmuxFailure('tmux-not-answering', `no server answers on ${socket}: ${found.kind}`, {
        retryable: true,
      });
    }
    await wait(10);
  }
};

const shellOfUser = (): string => {
  try {
    return userInfo().shell ?? '';
  } catch {
    // A user without an entry: tmux takes /bin/sh then.
    return '';
  }
};

/** A service user's shell that refuses to run anything: tmux would run every command with it (nologin(8)). */
const usableShell = (): NodeJS.ProcessEnv => {
  const shell = process.env['SHELL'] || shellOfUser();
  return /\/(nologin|false)$/.test(shell) ? { SHELL: '/bin/sh' } : {};
};

/** What the panes of a managed server inherit: nothing of ours, and no outer tmux. */
const serverEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(
    // With a user bus in its environment Debian's tmux moves every pane into a user scope.
    ([key]) =>
      !/^(TMUX|TMUX_PANE|HOLDFAST_.*|NODE_.*|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS)$/.test(key),
  );
  return { ...Object.fromEntries(kept), ...usableShell() };
};

/** Set for the panes only, once the server runs without them. */
const busSettings = (): string[][] =>
  ['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'].flatMap((key) => {
    const value = process.env[key];
    return value ? [['set-environment', '-g', key, value]] : [];
  });

/** Makes a server record how its panes end. Repeating it changes nothing. */
export const applyManagedSettings = async (socket: string): Promise<void> => {
  await runScript(socket, [...managedSettings, ...busSettings()]);
};

/** Starts the managed server and waits until it answers; one that already runs is left as it is. */
export const startServer = async (socket: string, config: string | null): Promise<Instance> => {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  const file = config ?? '/dev/null';
  const args = [...clientFlags, '-f', file, '-S', socket, 'start-server', ';', 'set-option', '-s'];
  const child = spawn('tmux', [...args, 'exit-empty', 'off'], {
    cwd: existsSync(homedir()) ? homedir() : '/',
    env: serverEnvironment(),
    detached: true,
    stdio: 'ignore',
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new TmuxFailure('tmux-missing', `cannot run tmux: ${cause.message}`, { cause })),
    );
    child.on('exit', () => resolve());
  });
  const instance = await untilAlive(socket, null);
  await applyManagedSettings(socket);
  return instance;
};

/**
 * SIGUSR1 makes a tmux server create its socket again; its directory must be there first. A managed server
 * takes its socket back; an adopted one does not, for the server that has it now is the owner's too.
 */
export const repairSocket = async (
  socket: string,
  instance: Instance,
  managed: boolean,
): Promise<void> => {
  if (instanceStat(instance)?.comm !== 'tmux: server') {
    throw new TmuxFailure(
      'not-a-tmux-server',
      `pid ${instance.pid} is not the tmux server any more`,
    );
  }
  const there = managed ? null : await probe(socket);
  if (there?.kind === 'alive' && there.instance.pid !== instance.pid) {
    throw socketTaken(socket, there.instance);
  }
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  process.kill(instance.pid, 'SIGUSR1');
  await untilAlive(socket, instance.pid);
};

export const createSession = async (
  socket: string,
  { session, command, cwd, env }: LinkMethods['session.create']['params'],
): Promise<string> => {
  const environment = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const words = [
    'new-session',
    '-d',
    '-P',
    '-F',
    '#{session_id}',
    '-s',
    formatLiteral(session),
    ...environment,
  ];
  const directory = ['-c', formatLiteral(cwd ?? homedir())];
  const program = command === null ? [] : [command];
  // Both in one script: a command that fails at once must find the name in place.
  const printed = await runScript(socket, [
    [...words, ...directory, ...program],
    ['set-option', '@holdfast', encodeDeclared(session)],
  ]);
  const tmuxId = printed.trim();
  if (!/^\$\d+$/.test(tmuxId)) {
    throw new TmuxFailure(
      'tmux-refused',
      `tmux made a session and named it ${tmuxId.slice(0, 40)}`,
    );
  }
  return tmuxId;
};

/** Session ids begin again with each server: the command runs only in the instance that was meant. */
const inInstance = (instance: Instance, words: readonly string[]): string[] => [
  'if-shell',
  '-F',
  `#{==:#{pid},${instance.pid}}`,
  words.join(' '),
];

export const killSession = async (
  socket: string,
  instance: Instance,
  tmuxId: string,
): Promise<void> => {
  await runScript(socket, [inInstance(instance, ['kill-session', '-t', `'${tmuxId}'`])]);
};

export const sendKeys = async (
  socket: string,
  tmuxId: string,
  text: string,
  enter: boolean,
): Promise<void> => {
  const target = ['send-keys', '-t', `${tmuxId}:`];
  const keys = text === '' ? [] : [[...target, '-l', '--', text]];
  await runScript(socket, enter ? [...keys, [...target, 'Enter']] : keys);
};

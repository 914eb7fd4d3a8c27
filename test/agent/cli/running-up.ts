import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';
import { mainFile, plainEnv } from './run-cli.ts';

/** A home of its own and a place where tmux keeps "the user's" servers: never the real ones. */
export interface Place {
  home: string;
  env: NodeJS.ProcessEnv;
  /** Runs tmux on one of our own sockets. */
  tmux(socket: string, ...args: string[]): string;
  managed: string;
  adopted: string;
}

export const makePlace = (t: Test): Place => {
  const root = mkdtempSync(join(tmpdir(), 'hfc-'));
  const uid = process.getuid?.() ?? 0;
  const home = join(root, 'h');
  const managed = join(home, 'run/tmux/main.sock');
  const adopted = join(root, `tmux-${uid}/default`);
  mkdirSync(dirname(adopted), { mode: 0o700 });
  const tmux = (socket: string, ...args: string[]): string =>
    execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const endServer = (socket: string): void => {
    try {
      tmux(socket, 'kill-server');
    } catch {
      // It did not run, or has ended already.
    }
  };
  t.teardown(() => {
    endServer(managed);
    endServer(adopted);
    rmSync(root, { recursive: true, force: true });
  });
  return { home, env: plainEnv({ TMUX_TMPDIR: root }), tmux, managed, adopted };
};

/** Far more than anything waited for takes, ms. */
const limitMs = 60_000;

/** Resolves when a line matches; what was said instead is in the error when none does. */
export const untilLine = async (lines: AsyncIterator<string>, pattern: RegExp): Promise<string> => {
  const seen: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ done: true; value: undefined }>((resolve) => {
    timer = setTimeout(() => resolve({ done: true, value: undefined }), limitMs);
  });
  try {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), late]);
      if (done) throw new Error(`no line matches ${pattern} in:\n${seen.join('\n')}`);
      if (pattern.test(value)) return value;
      seen.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
};

export interface RunningUp {
  process: ChildProcess;
  lines: AsyncIterator<string>;
  /** [exit code, signal] */
  exited: Promise<unknown[]>;
}

/** Kills it where it still runs, and waits for those it started: they write to its home until they are gone. */
export const endUp = async (pid: number | undefined): Promise<void> => {
  if (pid === undefined || commandOf(pid) === '') return;
  const pids = [pid, ...childrenOf(pid)];
  process.kill(pid, 'SIGKILL');
  await Promise.all(pids.map(untilGone));
};

export const startUp = (t: Test, place: Place, ...args: string[]): RunningUp => {
  const child = spawn(process.execPath, [mainFile, 'up', '--home', place.home, ...args], {
    env: place.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  t.teardown(() => endUp(child.pid));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { process: child, lines, exited };
};

/** The pids of the programs that `pid` started. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);

export const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** Resolves when the process is gone; a zombie is gone. */
export const untilGone = async (pid: number): Promise<void> => {
  while (commandOf(pid) !== '') await new Promise((resolve) => setTimeout(resolve, 10));
};

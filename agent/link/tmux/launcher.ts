import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { TmuxFailure } from '../../model/failure.ts';
import { clientFlags } from './dialect.ts';
import { callLimitMs, type Output } from './run.ts';

/**
 * Starts tmux clients from a small shell that is already running. To fork Node costs 1.2 ms more than to
 * fork a shell (median of 100, 100 sessions), and between a kill and its report there are 5 ms in all.
 */
export interface Launcher {
  /** One at a time; callers wait their turn. Standard error is not kept. @throws TmuxFailure `tmux-timeout` */
  run(socket: string, args: readonly string[]): Promise<Output>;
  close(): void;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The shell and the client it runs have a process group of their own: a hung client goes with it. */
const killGroup = (shell: ChildProcess): void => {
  if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
  try {
    process.kill(-shell.pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
};

export const createLauncher = (limitMs = callLimitMs): Launcher => {
  let shell: ChildProcess | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const running = (): ChildProcess => {
    if (shell && shell.exitCode === null && shell.signalCode === null) return shell;
    shell = spawn('/bin/sh', [], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    // Losing the shell shows as an answer that does not come; the next call starts another.
    shell.on('error', () => undefined);
    shell.stdin?.on('error', () => undefined);
    shell.stdout?.setEncoding('utf8');
    return shell;
  };

  const ask = (socket: string, args: readonly string[]): Promise<Output> =>
    new Promise((resolve, reject) => {
      const child = running();
      const mark = randomUUID();
      let text = '';
      const done = (act: () => void): void => {
        clearTimeout(timer);
        child.stdout?.off('data', onData);
        child.off('exit', onExit);
        act();
      };
      const fail = (code: string, message: string): void =>
        done(() => {
          killGroup(child);
          reject(new TmuxFailure(code, message, { retryable: true }));
        });
      const onExit = (): void => fail('tmux-launcher-lost', 'the shell that starts tmux ended');
      const onData = (chunk: string): void => {
        text += chunk;
        const end = text.lastIndexOf(mark);
        const code = /^ (\d+)\n$/.exec(text.slice(end + mark.length))?.[1];
        if (end < 0 || code === undefined) return;
        done(() => resolve({ code: Number(code), stdout: text.slice(0, end), stderr: '' }));
      };
      const timer = setTimeout(
        () => fail('tmux-timeout', `tmux took more than ${limitMs} ms`),
        limitMs,
      );
      child.stdout?.on('data', onData);
      child.on('exit', onExit);
      const command = ['tmux', ...clientFlags, '-S', socket, ...args].map(quote).join(' ');
      child.stdin?.write(`${command}; echo ${mark} $?\n`);
    });

  return {
    run: (socket, args) => {
      const result = turn.then(() => ask(socket, args));
      turn = result.catch(() => undefined);
      return result;
    },
    close: () => {
      if (shell) killGroup(shell);
    },
  };
};

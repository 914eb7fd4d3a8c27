import { spawn } from 'node:child_process';
import { TmuxFailure } from '../../model/failure.ts';
import { limitCall } from './call-limit.ts';
import { checked } from './checked.ts';
import { clientFlags } from './dialect.ts';

export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** More than this from one client is not an answer to anything we ask. */
const maxOutput = 16 * 1024 * 1024;

/**
 * Runs one tmux client on `socket`. A non-zero exit is an answer, not an error.
 * @throws TmuxFailure `tmux-timeout`, `tmux-missing`, `tmux-output-too-large`
 */
export const runTmux = (
  socket: string,
  args: readonly string[],
  limitMs?: number,
): Promise<Output> =>
  new Promise((resolve, reject) => {
    const words = [...clientFlags, '-S', socket, ...args];
    const child = checked(spawn('tmux', words, { stdio: ['ignore', 'pipe', 'pipe'] }));
    const output = { stdout: '', stderr: '' };
    const give = (failure: TmuxFailure): void => {
      letGo();
      child.kill('SIGKILL');
      reject(failure);
    };
    const letGo = limitCall((ms) => {
      const message = `tmux ${args[0]} took more than ${ms} ms`;
      give(new TmuxFailure('tmux-timeout', message, { retryable: true }));
    }, limitMs);
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        if (output[name].length > maxOutput) {
          give(new TmuxFailure('tmux-output-too-large', `tmux ${args[0]} printed too much`));
        }
      });
    }
    child.on('error', (cause) => {
      give(new TmuxFailure('tmux-missing', `cannot run tmux: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      letGo();
      resolve({ code: code ?? -1, ...output });
    });
  });

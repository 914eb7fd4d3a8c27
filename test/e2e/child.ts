import { fork } from 'node:child_process';
import { once } from 'node:events';

/** One of our processes, started by a test. */
export interface Child {
  readonly pid: number;
  /** What it said last, for the message of a failed test. */
  said(): string;
  /** Resolves when it says that it does its work. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone, however. */
  readonly gone: Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const keptOutput = 4000;

/**
 * Starts `file`. The channel to it makes it end with the test, whatever becomes of the test. `ready` rejects
 * when it ends before it said that it is.
 */
export const startChild = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Child => {
  const child = fork(file, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
  }
  const gone = once(child, 'exit').then(() => undefined);
  const early = gone.then(() => {
    throw new Error(`${file} ended: ${output}`);
  });
  const ready = Promise.race([once(child, 'message').then(() => undefined), early]);
  // Some are killed before they are ready, and nobody waits for those.
  ready.catch(() => undefined);
  early.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    said: () => output,
    ready,
    gone,
    kill: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
};

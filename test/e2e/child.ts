import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** One of our processes, started by a test. */
export interface Child {
  readonly pid: number;
  /** What it said last, for the message of a failed test. */
  said(): string;
  /** Resolves when it is gone, however. */
  readonly gone: Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const keptOutput = 4000;

const untilReady = async (child: ChildProcess, gone: Promise<void>, said: () => string) => {
  const first = await Promise.race([once(child, 'message').then(() => 'ready'), gone]);
  if (first !== 'ready') throw new Error(`${child.spawnargs.join(' ')} ended: ${said()}`);
};

/**
 * Starts `file` and resolves when it says that it is ready. The channel to it makes it end with the test,
 * whatever becomes of the test.
 */
export const startChild = async (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Child> => {
  const child = fork(file, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
  }
  const gone = once(child, 'exit').then(() => undefined);
  await untilReady(child, gone, () => output);
  return {
    pid: child.pid ?? 0,
    said: () => output,
    gone,
    kill: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
};

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

/** Descriptors that a child finds open, and their names: as systemd passes them on (sd_listen_fds(3)). */
export interface Passed {
  descriptors: readonly number[];
  names: readonly string[];
}

/** Only a shell knows in time which pid the child will have. */
const asSystemdStarts = ({ names }: Passed) => ({
  execPath: '/bin/sh',
  execArgv: ['-c', 'LISTEN_PID=$$ exec "$0" "$@"', process.execPath, ...process.execArgv],
  variables: { LISTEN_FDS: String(names.length), LISTEN_FDNAMES: names.join(':') },
});

/**
 * Starts `file`. The channel to it makes it end with the test, whatever becomes of the test. `ready` rejects
 * when it ends before it said that it is.
 */
export const startChild = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  passed: Passed | null = null,
): Child => {
  const { variables, ...how } = passed ? asSystemdStarts(passed) : { variables: {} };
  const child = fork(file, args, {
    ...{ ...how, env: { ...env, ...variables } },
    stdio: ['ignore', 'pipe', 'pipe', ...(passed?.descriptors ?? []), 'ipc'],
  });
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

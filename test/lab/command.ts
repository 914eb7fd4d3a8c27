import { spawn } from 'node:child_process';

export interface Outcome {
  /** null: a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** It was killed because it took longer than it may. */
  timedOut: boolean;
}

export interface CommandOptions {
  /** What it may take. Default: five minutes. */
  limitMs?: number;
  stdin?: string | Uint8Array;
  env?: NodeJS.ProcessEnv;
}

const usualLimitMs = 300_000;

/** Programs this process has started; they end with it, whatever ends it. */
const running = new Set<number>();
process.once('exit', () => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
});

/** An `exit` handler does not run after SIGKILL: the kernel ends the child then (setpriv(1)). */
export const spawnBound = (
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv | undefined } = {},
) => {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    stdio: 'pipe',
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
    child.once('exit', () => running.delete(pid));
  }
  return child;
};

/** For unshare(1): what is mounted goes with the program, and all the program has started ends with it. */
export const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** Runs a program to its end. Throws only when there is no such thing as `setpriv`. */
export const execute = async (
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> => {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const child = spawnBound(program, args, { env: options.env });
  const outcome: Outcome = { code: null, stdout: '', stderr: '', timedOut: false };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (outcome[name] += text));
  }
  // Who does not read to the end is told by its exit code, not by ours.
  child.stdin.on('error', () => undefined).end(options.stdin ?? '');
  const timer = setTimeout(() => {
    outcome.timedOut = true;
    child.kill('SIGKILL');
    // Its children may still hold the pipes.
    for (const name of ['stdout', 'stderr'] as const) child[name].destroy();
  }, options.limitMs ?? usualLimitMs);
  child.once('error', reject);
  child.once('close', (code) => {
    clearTimeout(timer);
    resolve({ ...outcome, code });
  });
  return promise;
};

/** What a failed command said, for a message: the ends of both streams. */
const said = ({ code, stdout, stderr, timedOut }: Outcome): string =>
  [timedOut ? 'took too long' : `exit ${code}`, stdout.slice(-2000), stderr.slice(-2000)]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');

/** Its standard output, without the last line's end. Throws with what it said unless it exits with 0. */
export const succeed = (what: string, outcome: Outcome): string => {
  if (outcome.code !== 0) throw new Error(`${what}: ${said(outcome)}`);
  return outcome.stdout.trimEnd();
};

export const mustExecute = async (
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> => succeed(program, await execute(program, args, options));

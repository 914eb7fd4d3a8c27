import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const mainFile = join(import.meta.dirname, '../../../agent/cli/main.ts');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Nothing of the surroundings decides what a command prints or where it looks. */
export const plainEnv = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, TZ: 'UTC', ...more };
  for (const name of ['HOLDFAST_HOME', 'NO_COLOR', 'TMUX', 'FORCE_COLOR']) {
    if (!(name in more)) delete env[name];
  }
  return env;
};

/** Runs the command line as its own process, from source. */
export const runCli = async (
  args: readonly string[],
  { env = {}, cwd }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ran> => {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const exit = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await exit) as [number | null];
  return { code, stdout, stderr };
};

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What somebody who is not in tmux has in his environment. */
const outside = (): NodeJS.ProcessEnv => {
  const { TMUX: _, TMUX_PANE: __, ...env } = process.env;
  return env;
};

/** Runs a program, with what it says thrown away, and resolves when it has ended, however. */
export const runToEnd = async (argv: readonly string[]): Promise<void> => {
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { stdio: 'ignore', env: outside() });
  await once(child, 'exit');
};

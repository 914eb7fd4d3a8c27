import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server that does not answer must fail the test, not hang it. */
const limitMs = 20_000;

const withoutTmux = (): NodeJS.ProcessEnv => {
  const { TMUX: _, TMUX_PANE: __, ...env } = process.env;
  return env;
};

/** Runs one tmux client on `socket`, as a person would; resolves with what it printed. */
export const tmuxOn = async (socket: string, ...args: string[]): Promise<string> => {
  const { stdout } = await run('tmux', ['-u', '-f', '/dev/null', '-S', socket, ...args], {
    env: withoutTmux(),
    timeout: limitMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd();
};

/** Starts a server of somebody's own on `socket`, with one session per name; its pid. */
export const startServer = async (socket: string, ...sessions: string[]): Promise<number> => {
  for (const session of sessions) {
    await tmuxOn(socket, 'new-session', '-d', '-s', session, 'sleep 100000');
  }
  return Number(await tmuxOn(socket, 'display-message', '-p', '#{pid}'));
};

/** Runs many tmux commands, one a line, in one client. */
export const tmuxScript = async (socket: string, lines: readonly string[]): Promise<string> => {
  const running = run('tmux', ['-u', '-S', socket, 'source-file', '-'], {
    env: withoutTmux(),
    timeout: limitMs,
  });
  running.child.stdin?.end(`${lines.join('\n')}\n`);
  return (await running).stdout.trimEnd();
};

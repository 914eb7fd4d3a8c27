import { spawnSync } from 'node:child_process';
import { Failure } from '../../model/failure.ts';
import { currentUser } from '../../os/current-user.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

/** Inside the same server a client cannot attach again: it switches. `TMUX` is `SOCKET,PID,SESSION`. `-N`: starts none. */
const attachCommand = (socket: string, target: string, env: NodeJS.ProcessEnv): string[] => {
  const inside = env['TMUX']?.split(',')[0] === socket;
  return ['tmux', '-N', '-S', socket, inside ? 'switch-client' : 'attach-session', '-t', target];
};

export interface Person {
  uid: number;
  username: string;
  env: NodeJS.ProcessEnv;
}

/** What a client needs. The server is sent the whole environment, and root's may hold secrets. */
const needed = /^(TERM|COLORTERM|TMUX|PATH|LANG|LC_[A-Z]+)$/;

const bareEnvironment = (env: NodeJS.ProcessEnv): string[] =>
  Object.entries(env).flatMap(([key, value]) => (needed.test(key) ? [`${key}=${value}`] : []));

/**
 * A tmux client obeys its server (`detach-client -E`), so nobody may be a client of somebody else's. Root becomes the
 * owner, on a terminal of its own: the server gets the client's, and could type into root's shell afterwards.
 */
export const asOwner = (
  { uid, username, env }: Person,
  owner: string | null,
  command: string[],
): string[] => {
  // An owner without an entry in /etc/passwd is known to the agent by his number.
  if (owner === username || owner === `uid-${uid}`) return command;
  if (owner === null && uid !== 0) return command;
  if (owner === null)
    throw new Failure('owner-unknown', 'nobody knows whose server that is: attach as its owner');
  if (uid !== 0) throw new Failure('not-owner', `that is a server of ${owner}: attach as ${owner}`);
  return ['runuser', '--pty', '-u', owner, '--', 'env', '-i', ...bareEnvironment(env), ...command];
};

const runTmux = ([program = 'tmux', ...args]: string[]): number => {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (error) {
    throw new Failure('tmux-not-found', `cannot run tmux: ${error.message}`, { cause: error });
  }
  return status ?? exitCode.failed;
};

/** tmux runs as whoever typed the command, root apart: the agent only says where. */
export const attach = async (context: Context, session: string): Promise<number> => {
  const { socket, target, owner } = await withAgent(context, (client) =>
    client.call('session.attach', { session }),
  );
  const person = { ...currentUser(), env: context.env };
  const command = asOwner(person, owner, attachCommand(socket, target, context.env));
  if (!context.json) return runTmux(command);
  printJson(context.stdout, { session, socket, target, command });
  return exitCode.ok;
};

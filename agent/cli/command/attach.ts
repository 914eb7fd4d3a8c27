import { spawnSync } from 'node:child_process';
import { Failure } from '../../model/failure.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

/** Inside the same server a client cannot attach again: it switches. `TMUX` is `SOCKET,PID,SESSION`. */
const attachCommand = (socket: string, target: string, env: NodeJS.ProcessEnv): string[] => {
  const inside = env['TMUX']?.split(',')[0] === socket;
  return ['tmux', '-S', socket, inside ? 'switch-client' : 'attach-session', '-t', target];
};

/** A tmux client obeys its server, so root must not be a client of somebody else's (`detach-client -E`). */
export const asOwner = (uid: number, owner: string | null, command: string[]): string[] => {
  if (uid !== 0 || owner === 'root') return command;
  if (owner !== null) return ['runuser', '-u', owner, '--', ...command];
  throw new Failure('owner-unknown', 'nobody knows whose server that is: attach as its owner');
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
  const uid = process.getuid?.() ?? 0;
  const command = asOwner(uid, owner, attachCommand(socket, target, context.env));
  if (!context.json) return runTmux(command);
  printJson(context.stdout, { session, socket, target, command });
  return exitCode.ok;
};

import { homedir } from 'node:os';
import { encodeDeclared } from '../../model/declared-name.ts';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { formatLiteral } from '../../model/tmux-name.ts';
import type { LinkMethods } from '../../protocol/link.ts';
import { runScript } from '../tmux/script.ts';
import { runInInstance } from './in-instance.ts';

export const createSession = async (
  socket: string,
  { session, command, cwd, env }: LinkMethods['session.create']['params'],
): Promise<string> => {
  const environment = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const words = [
    'new-session',
    '-d',
    '-P',
    '-F',
    '#{session_id}',
    '-s',
    formatLiteral(session),
    ...environment,
  ];
  const directory = ['-c', formatLiteral(cwd ?? homedir())];
  const program = command === null ? [] : [command];
  // Both in one script: a command that fails at once must find the name in place.
  const printed = await runScript(socket, [
    [...words, ...directory, ...program],
    ['set-option', '@holdfast', encodeDeclared(session)],
  ]);
  const tmuxId = printed.trim();
  if (!/^\$\d+$/.test(tmuxId)) {
    throw new TmuxFailure(
      'tmux-refused',
      `tmux made a session and named it ${tmuxId.slice(0, 40)}`,
    );
  }
  return tmuxId;
};

export const killSession = (socket: string, instance: Instance, tmuxId: string): Promise<void> =>
  runInInstance(socket, instance, [['kill-session', '-t', tmuxId]]);

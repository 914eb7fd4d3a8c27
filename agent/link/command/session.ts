import { homedir } from 'node:os';
import { expandHome } from '../../model/config/home.ts';
import { encodeDeclared } from '../../model/declared-name.ts';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { formatLiteral, tmuxName } from '../../model/tmux-name.ts';
import type { LinkMethods } from '../../protocol/link.ts';
import { runScript } from '../tmux/script.ts';
import { runInInstance } from './in-instance.ts';
import { printedFirst } from './printed-first.ts';
import { writePrologue } from './write-prologue.ts';

export const createSession = async (
  socket: string,
  { session, command, cwd, env, prologue }: LinkMethods['session.create']['params'],
): Promise<string> => {
  const environment = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const words = [
    'new-session',
    '-d',
    '-P',
    '-F',
    '#{session_id} #{pane_tty}',
    '-s',
    formatLiteral(session),
    ...environment,
  ];
  const directory = ['-c', formatLiteral(expandHome(cwd ?? homedir(), homedir()))];
  // An interactive shell is told apart by having no command; it takes a while to begin.
  const first =
    command !== null && prologue !== undefined
      ? await printedFirst(socket, prologue, command)
      : null;
  const program = command === null ? [] : [first?.command ?? command];
  const named = (target: string) => [
    'set-option',
    '-t',
    target,
    '@holdfast',
    encodeDeclared(session),
  ];
  // Both in one script: a command that fails at once must find the name in place. With a target: to tmux 3.5 the
  // current session is still the one from before the script.
  const isPlain = /^[A-Za-z0-9_-][A-Za-z0-9 ._:-]*$/.test(session);
  const printed = await runScript(socket, [
    [...words, ...directory, ...program],
    ...(isPlain ? [named(`=${tmuxName(session)}:`)] : []),
  ]).catch(async (cause: unknown) => {
    await first?.discard();
    throw cause;
  });
  const [tmuxId = '', terminal = ''] = printed.trim().split(' ');
  if (command === null && prologue !== undefined) await writePrologue(terminal, prologue);
  if (!/^\$\d+$/.test(tmuxId)) {
    throw new TmuxFailure(
      'tmux-refused',
      `tmux made a session and named it ${tmuxId.slice(0, 40)}`,
    );
  }
  // What tmux makes of other names depends on its version. The session may have ended already.
  if (!isPlain) await runScript(socket, [named(tmuxId)]).catch(() => undefined);
  return tmuxId;
};

export const killSession = async (
  socket: string,
  instance: Instance,
  tmuxId: string,
): Promise<void> => {
  await runInInstance(socket, instance, [['kill-session', '-t', tmuxId]]);
};

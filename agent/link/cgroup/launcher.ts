import type { Instance } from '../../model/events/server.ts';
import { runInInstance } from '../command/in-instance.ts';
import { runScript } from '../tmux/script.ts';

/** What the launcher becomes, once it has moved the pane: read by `pane-shell`. */
const shellVariable = 'HOLDFAST_SHELL';

/**
 * Makes the launcher the shell of new panes, and leaves it the one there was. tmux takes /bin/sh instead of a file
 * that is not there any more. What is started as a list of arguments bypasses every shell.
 * @throws TmuxFailure as runInInstance
 */
export const installLauncher = async (
  socket: string,
  instance: Instance,
  launcher: string,
): Promise<void> => {
  const shell = (await runScript(socket, [['show-options', '-gqv', 'default-shell']])).trim();
  if (shell === launcher) return;
  await runInInstance(socket, instance, [
    ['set-environment', '-g', shellVariable, shell],
    ['set-option', '-g', 'default-shell', launcher],
  ]);
};

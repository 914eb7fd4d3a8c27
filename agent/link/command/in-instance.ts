import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { runScript, scriptOf } from '../tmux/script.ts';

/** What another server says instead. */
const stranger = 'holdfast-not-this-server';

/**
 * Runs commands in the one server that is meant: ids of sessions begin again with each.
 * @returns what they printed
 * @throws TmuxFailure `other-server` when another has its socket now; then nothing was done
 */
export const runInInstance = async (
  socket: string,
  { pid }: Instance,
  commands: readonly (readonly string[])[],
): Promise<string> => {
  const printed = await runScript(socket, [
    [
      'if-shell',
      '-F',
      `#{==:#{pid},${pid}}`,
      scriptOf(commands).trimEnd(),
      `display-message -p ${stranger}`,
    ],
  ]);
  if (printed.trim() !== stranger) return printed;
  throw new TmuxFailure('other-server', `another server than pid ${pid} listens on ${socket}`);
};

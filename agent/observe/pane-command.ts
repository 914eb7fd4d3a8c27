import type { Instance } from '../model/events/server.ts';

/**
 * The command line of a pane's program. Between fork and exec it still has the server's own: then nothing is known of it
 * yet, and it is empty as where it is gone.
 */
export const paneCommand = (
  pid: number,
  server: Instance,
  commandOf: (pid: number) => string,
): string => {
  const command = commandOf(pid);
  return command === commandOf(server.pid) ? '' : command;
};

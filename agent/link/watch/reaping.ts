import type { Instance } from '../../model/events/server.ts';

/**
 * Makes a tmux server collect the children that ended. A server built with utempter, as Debian's is, misses
 * SIGCHLD while it runs utempter's helper for a pane that ends, often that of the pane's own program
 * (tmux#311, tmux#4559): the pane stays, dead and without a status, until another child ends.
 */
export const remindOfChildren = ({ pid }: Instance): void => {
  try {
    // Should the pid be another's by now: a process that does not ask for this signal ignores it.
    process.kill(pid, 'SIGCHLD');
  } catch {
    // It went in this moment.
  }
};

import { type FSWatcher, watch } from 'node:fs';
import type { Instance } from '../model/events/server.ts';

/** Where every pseudo-terminal has an entry for as long as a program such as tmux holds its other end. */
const terminals = '/dev/pts';

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

/**
 * Calls `onChange` with the name of each pseudo-terminal that comes or goes, as with every pane of every
 * server. A server closes that of a dead pane right after utempter's helper, so from then on it misses
 * nothing. Where they cannot be watched, `onChange` is not called.
 */
export const watchTerminals = (onChange: (name: string) => void): (() => void) => {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(terminals, { persistent: false }, (_, name) => onChange(name ?? ''));
    watcher.on('error', () => watcher?.close());
  } catch {
    // No such directory, or no inotify instance left.
  }
  return () => watcher?.close();
};

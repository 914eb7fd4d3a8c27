import { type FSWatcher, watch } from 'node:fs';
import { createPace } from './pace.ts';

/** Where every pseudo-terminal has an entry for as long as a program such as tmux holds its other end. */
const terminals = '/dev/pts';

/** A terminal that comes may be anybody's: programs that open them all the time must not cost much. ms */
const newcomersEveryMs = 1000;

/**
 * Calls `onChange` with the name of each pseudo-terminal that comes or goes, as with every pane of every
 * server. A server closes that of a dead pane right after utempter's helper, so from then on it misses
 * nothing. Where they cannot be watched, `onChange` is not called.
 */
const watchTerminals = (onChange: (name: string) => void): (() => void) => {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(terminals, { persistent: false }, (_, name) => onChange(name ?? ''));
    watcher.on('error', () => watcher?.close());
  } catch {
    // No such directory, or no inotify instance left.
  }
  return () => watcher?.close();
};

/**
 * Follows the terminals of this machine, which come and go with the panes of one server. A managed server
 * announces what changes and is only reminded of programs that ended; an adopted one is listed.
 * @param isOurs whether a pane of this server has the terminal of that name
 */
export const followTerminals = (
  managed: boolean,
  isOurs: (name: string) => boolean,
  { remind, list }: { remind: () => void; list: () => void },
): (() => void) => {
  const newcomers = createPace(newcomersEveryMs, list);
  const unwatch = watchTerminals((name) => {
    if (managed && isOurs(name)) remind();
    else if (!managed && isOurs(name)) list();
    else if (!managed) newcomers.ask();
  });
  return () => {
    unwatch();
    newcomers.close();
  };
};

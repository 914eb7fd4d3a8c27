import { createPace } from './pace.ts';
import { watchTerminals } from './reaping.ts';

/** A terminal that comes may be anybody's: programs that open them all the time must not cost much. ms */
const newcomersEveryMs = 1000;

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

import type { LimitsByName, SessionGroups } from '../cgroup/session-groups.ts';
import type { Notify } from '../notify.ts';
import { type Access, realAccess } from './access.ts';
import { createParts, type Parts } from './parts.ts';
import { remindOfChildren } from './reaping.ts';
import { watchSocket } from './socket-watch.ts';
import { followTerminals } from './terminals.ts';
import type { Place } from './watched.ts';

export interface Watcher extends Place {
  /** A new agent knows nothing: tell everything again. */
  repeat(): void;
  /** List again now, and resolve when told. */
  resync(): Promise<void>;
  /** From now on the sessions of these names are limited so, and no others. */
  limit(limits: LimitsByName): void;
  close(): void;
}

/** A process is looked at this often, ms. */
const tickMs = 1000;

/** Looks again and again, at once when the socket changes, and lists when a terminal says so. */
const keepLooking = (
  { socket, managed }: Place,
  { watched, panes, reach, resync }: Parts,
  tick: () => Promise<void>,
  remind: () => void,
): (() => void) => {
  const timer = setInterval(() => void tick(), tickMs);
  const unwatch = watchSocket(socket, () => {
    watched.isDoubted = true;
    void tick();
  });
  const unfollow = followTerminals(managed, panes.hasTerminal, {
    remind,
    list: () => {
      if (!reach.obstacle) resync.notice({ full: false });
    },
  });
  return () => {
    clearInterval(timer);
    unwatch();
    unfollow();
  };
};

/**
 * Watches one tmux server and tells what it sees; it decides nothing.
 * @param groups of a managed server; null: its sessions get no cgroups
 */
export const watchServer = (
  place: Place,
  notify: Notify,
  access: Access = realAccess,
  groups: SessionGroups | null = null,
): Watcher => {
  const { server, socket, managed } = place;
  const parts = createParts(place, notify, access, groups);
  const { watched, troubles, reach, screens, resync, hold, look, limiting } = parts;

  const remind = (): void => {
    if (managed && watched.instance) remindOfChildren(watched.instance);
  };
  const isUnreached = (): boolean => !watched.instance || reach.obstacle !== null;
  const tick = async (): Promise<void> => {
    if (watched.isClosed) return;
    remind();
    await look.run();
  };

  const stop = keepLooking(place, parts, tick, remind);
  void tick();

  return {
    server,
    socket,
    managed,
    repeat: () => {
      reach.over();
      troubles.forget();
      screens.repeat();
      resync.notice({ full: true });
      void tick().then(screens.refresh);
    },
    resync: async () => {
      // A look under way may have asked before what is to be seen now.
      if (isUnreached()) await look.idle();
      if (isUnreached()) await look.run();
      resync.notice({ full: true });
      await resync.idle();
    },
    limit: (limits) => {
      limiting?.setLimits(limits);
      if (!isUnreached()) resync.notice({ full: true });
    },
    close: () => {
      watched.isClosed = true;
      stop();
      screens.close();
      hold.letGo();
    },
  };
};

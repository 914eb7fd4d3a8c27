import { existsSync } from 'node:fs';
import type { Instance, ServerEnd } from '../model/events/server.ts';
import { isStopped } from '../model/proc-stat.ts';
import { applyManagedSettings } from './commands.ts';
import { createHold } from './hold.ts';
import type { Listed } from './listing.ts';
import { createListings } from './listings.ts';
import { createPaneMap } from './pane-map.ts';
import { instanceStat } from './process.ts';
import { remindOfChildren } from './reaping.ts';
import { createScreenFeed } from './screen-feed.ts';
import { howEnded, seeEnd } from './server-end.ts';
import { watchSocket } from './socket-watch.ts';
import type { Tell } from './tell.ts';
import { followTerminals } from './terminals.ts';
import { type Probe, probe } from './tmux/probe.ts';
import { createReadyClient } from './tmux/ready-client.ts';
import { createTrouble } from './trouble.ts';

export interface Watcher {
  readonly server: string;
  readonly socket: string;
  readonly managed: boolean;
  readonly instance: () => Instance | null;
  /** A new agent knows nothing: tell everything again. */
  repeat(): void;
  /** List again now, and resolve when told. */
  resync(): Promise<void>;
  close(): void;
}

/** A process is looked at this often, ms; a listing and screens come every `slowTicks` of them. */
const tickMs = 1000;
const slowTicks = 5;

/** Watches one tmux server and tells what it sees; it decides nothing. */
export const watchServer = (
  order: { server: string; socket: string; managed: boolean },
  tell: Tell,
): Watcher => {
  const { server, socket, managed } = order;
  // One each: a hung server must not keep the others waiting.
  const client = createReadyClient(socket);
  const panes = createPaneMap();
  const screens = createScreenFeed(
    socket,
    () => panes.panes(),
    (captured) => say('screens', { server, screens: captured }),
  );
  const trouble = createTrouble((why, processState) =>
    say('server.unreachable', { server, instance, why, processState, socket, at: Date.now() }),
  );
  let instance: Instance | null = null;
  let ticks = 0;
  /** Who listens on the socket is asked at the next look. */
  let doubted = false;
  let looking = false;
  let confirming = false;
  let closed = false;

  /** A listing under way when the watch ends is of a server that has its name no more. */
  const say: Tell = (method, params) => {
    if (!closed) tell(method, params);
  };

  const gone = (how: ServerEnd, text: string): void => {
    if (!instance) return;
    say('server.gone', { server, instance, how, text, at: Date.now() });
    instance = null;
    trouble.over();
    hold.letGo();
  };

  /**
   * The server or its sentinel seems to have ended. The kernel knows which; how a server ended is
   * known by its client alone, which ends with it.
   */
  const confirmEnd = async (otherwise = ''): Promise<void> => {
    if (confirming || !instance) return;
    confirming = true;
    await seeEnd(instance, hold.sentinel, () => closed || !instance);
    confirming = false;
    if (!instance || closed) return;
    const ended = hold.sentinel?.ended;
    if (!instanceStat(instance)) gone(howEnded(ended), ended?.text || otherwise);
    else if (ended) hold.forgetSentinel();
  };

  /** A listing that did not come, or not as asked for: find out why before believing anything. */
  const doubt = (listed: Listed<unknown>): void => {
    if (!instance) return;
    const stat = instanceStat(instance);
    if (!stat) void confirmEnd();
    else if (!existsSync(socket)) trouble.report('socket-lost', stat.state);
    else if (listed.kind === 'silent') trouble.report('hung', stat.state);
    else {
      doubted = true;
      if (listed.kind === 'strange') trouble.strange(stat.state);
    }
  };

  /** The socket did not lead to the server we know. */
  const estranged = async (found: Probe): Promise<void> => {
    const stat = instance && instanceStat(instance);
    if (!stat) {
      if (confirming) return;
      // Its sentinel may be about to tell how it ended.
      await confirmEnd(
        found.kind === 'alive' ? `pid ${found.instance.pid} has its socket now` : '',
      );
      return found.kind === 'alive' ? knock() : undefined;
    }
    if (found.kind === 'silent') return doubt({ kind: 'silent' });
    if (found.kind === 'missing' || found.kind === 'unclear') return doubt({ kind: 'foreign' });
    trouble.foreign(stat.state);
  };

  const listings = createListings(order, client, {
    ...{ panes, trouble, doubt, instance: () => instance },
    tell: (method, params) => say(method, params),
    onNewPane: screens.refreshSoon,
  });
  const { resync } = listings;
  const hold = createHold(order, client, {
    end: () => void confirmEnd(),
    change: listings.changed,
  });

  const knock = async (): Promise<void> => {
    const found = await probe(socket);
    if (closed) return;
    const other = found.kind !== 'alive' || (instance && found.instance.pid !== instance.pid);
    if (instance && other) return estranged(found);
    if (found.kind === 'alive') {
      instance = found.instance;
      doubted = false;
      trouble.answered();
      if (managed && !hold.sentinel) await applyManagedSettings(socket).catch(() => undefined);
      if (closed || !instance) return;
      if (!hold.isHeld()) hold.take();
      resync.notice({ full: true });
    } else if (found.kind === 'missing' || found.kind === 'refused') trouble.report('absent');
    else trouble.report(found.kind === 'silent' ? 'hung' : 'refused');
  };

  const remind = (): void => {
    if (managed && instance) remindOfChildren(instance);
  };

  const look = async (): Promise<void> => {
    const stat = instance && instanceStat(instance);
    if (instance && !stat) return confirmEnd();
    if (stat && isStopped(stat)) return trouble.report('hung', stat.state);
    if (!instance || !hold.sentinel || trouble.current || doubted || !existsSync(socket))
      return knock();
    ticks += 1;
    if (ticks % slowTicks !== 0) return;
    resync.notice({ full: true });
    await resync.idle();
    await screens.refresh();
  };

  const tick = async (): Promise<void> => {
    if (looking || closed) return;
    looking = true;
    remind();
    // Without a descriptor to spare no client starts: the next look may have one.
    await look().catch(() => undefined);
    looking = false;
  };

  const timer = setInterval(() => void tick(), tickMs);
  const unwatch = watchSocket(socket, () => {
    doubted = true;
    void tick();
  });
  const unfollow = followTerminals(managed, panes.hasTerminal, {
    remind,
    list: () => {
      if (!trouble.current) resync.notice({ full: false });
    },
  });
  void tick();

  return {
    server,
    socket,
    managed,
    instance: () => instance,
    repeat: () => {
      trouble.over();
      screens.repeat();
      resync.notice({ full: true });
      void tick().then(screens.refresh);
    },
    resync: async () => {
      if (!instance || trouble.current) await look();
      resync.notice({ full: true });
      await resync.idle();
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      screens.close();
      unwatch();
      unfollow();
      hold.letGo();
    },
  };
};

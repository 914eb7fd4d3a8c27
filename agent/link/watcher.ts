import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { LinkNotifications } from '../api/link-protocol.ts';
import type { Instance, ServerEnd } from '../model/events/server.ts';
import { isStopped } from '../model/proc-stat.ts';
import { applyManagedSettings } from './commands.ts';
import { createPaneMap, type Listed, listBrief, listFull, listingMessage } from './listing.ts';
import { instanceStat } from './process.ts';
import { remindOfChildren } from './reaping.ts';
import { createResync } from './resync.ts';
import { createScreenFeed } from './screen-feed.ts';
import { goneAfterMs, howEnded, isOurs } from './server-signs.ts';
import { watchSocket } from './socket-watch.ts';
import { followTerminals } from './terminals.ts';
import { startAnnouncer } from './tmux/announcer.ts';
import { managedSettings } from './tmux/dialect.ts';
import { type BriefListing, briefListing, parseBrief } from './tmux/format.ts';
import { type Probe, probe } from './tmux/probe.ts';
import { createReadyClient } from './tmux/ready-client.ts';
import { type Sentinel, startSentinel } from './tmux/waiting-client.ts';

export type Tell = <K extends keyof LinkNotifications>(
  method: K,
  params: LinkNotifications[K],
) => void;

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

/** Somebody else answered on the socket so often in a row, while the server lives: one answer proves nothing. */
const foreignAnswers = 2;

/** So many listings in a row that cannot be read are trouble. */
const strangeAnswers = 3;

type Trouble = LinkNotifications['server.unreachable']['why'];

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
  let instance: Instance | null = null;
  let sentinel: Sentinel | null = null;
  let unannounce: (() => void) | null = null;
  let trouble: Trouble | null = null;
  let ticks = 0;
  /** Who listens on the socket is asked at the next look. */
  let doubted = false;
  let foreign = 0;
  let strange = 0;
  let looking = false;
  let confirming = false;
  let closed = false;

  /** A listing under way when the watch ends is of a server that has its name no more. */
  const say: Tell = (method, params) => {
    if (!closed) tell(method, params);
  };

  const report = (why: Trouble, processState = ''): void => {
    if (trouble === why) return;
    trouble = why;
    say('server.unreachable', { server, instance, why, processState, socket, at: Date.now() });
  };

  const gone = (how: ServerEnd, text: string): void => {
    if (!instance) return;
    say('server.gone', { server, instance, how, text, at: Date.now() });
    instance = null;
    trouble = null;
    client.release();
    letGo();
  };

  const letGo = (): void => {
    sentinel?.close();
    sentinel = null;
    unannounce?.();
    unannounce = null;
  };

  /**
   * The server or its sentinel seems to have ended. The kernel knows which; how a server ended is
   * known by its client alone, which ends with it.
   */
  const confirmEnd = async (otherwise = ''): Promise<void> => {
    if (confirming) return;
    confirming = true;
    for (const delay of goneAfterMs) {
      if (delay > 0) await wait(delay);
      if (!instance || closed || (!instanceStat(instance) && sentinel?.ended !== null)) break;
    }
    confirming = false;
    if (!instance || closed) return;
    if (!instanceStat(instance))
      gone(howEnded(sentinel?.ended), sentinel?.ended?.text || otherwise);
    else if (sentinel?.ended) sentinel = null;
  };

  /** A listing that did not come, or not as asked for: find out why before believing anything. */
  const doubt = (listed: Listed<unknown>): void => {
    if (!instance) return;
    const stat = instanceStat(instance);
    if (!stat) void confirmEnd();
    else if (!existsSync(socket)) report('socket-lost', stat.state);
    else if (listed.kind === 'silent') report('hung', stat.state);
    else {
      doubted = true;
      if (listed.kind === 'strange') strange += 1;
      // It answers, and nothing that can be read: nobody must take that for all is well.
      if (strange >= strangeAnswers) report('hung', stat.state);
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
    foreign += 1;
    if (foreign >= foreignAnswers) report('socket-lost', stat.state);
  };

  /** Tells of a quick listing what it shows; true when that is something the last full one did not. */
  const takeBrief = (listing: BriefListing, of: Instance): boolean => {
    const { rows, exits } = listing;
    const { gone: missing, added, exited } = panes.compare(listing);
    // A session may have come and gone between two listings: only its exit tells of it.
    if (missing || exited) {
      say('server.brief', { server, instance: of, at: Date.now(), rows, exits });
    }
    if (added) screens.refreshSoon();
    return missing || added;
  };

  const resync = createResync({
    brief: async () => {
      if (!instance) return false;
      const listed = await listBrief(client, instance);
      if (listed.kind !== 'listed') {
        doubt(listed);
        return false;
      }
      return takeBrief(listed.listing, instance);
    },
    full: async () => {
      if (!instance) return;
      const listed = await listFull(client, instance, managed ? managedSettings : []);
      if (!instance) return;
      if (listed.kind !== 'listed') {
        doubt(listed);
        return;
      }
      // Through a client that was connected before: whether the socket is back, only a knock at it tells.
      if (trouble === 'socket-lost') return;
      trouble = null;
      strange = 0;
      const rows = panes.replace(listed.listing);
      const at = Date.now();
      say('server.listing', listingMessage(server, socket, instance, listed.listing, rows, at));
    },
  });

  /**
   * The server told of a change with a quick listing, because that is what finds a death. It counts unless
   * another is under way, which may be older or younger. A new name is in the full one.
   */
  const changed = (printed: string): Promise<void> => {
    const listing = parseBrief(printed);
    const counts = instance && resync.isIdle() && listing?.pid === instance.pid;
    if (instance && counts && panes.isCurrent(listing)) takeBrief(listing, instance);
    else resync.notice({ full: false });
    resync.notice({ full: true });
    return resync.idle();
  };

  const hold = (): void => {
    letGo();
    sentinel = startSentinel(socket, () => {
      client.release();
      void confirmEnd();
    });
    if (managed) unannounce = startAnnouncer(socket, briefListing, changed);
    client.keep();
  };

  const knock = async (): Promise<void> => {
    const found = await probe(socket);
    if (closed) return;
    if (instance && !isOurs(found, instance)) return estranged(found);
    if (found.kind === 'alive') {
      instance = found.instance;
      doubted = false;
      foreign = 0;
      if (trouble === 'socket-lost') trouble = null;
      if (managed && !sentinel) await applyManagedSettings(socket).catch(() => undefined);
      if (closed || !instance) return;
      if (!sentinel || sentinel.ended) hold();
      resync.notice({ full: true });
    } else if (found.kind === 'missing' || found.kind === 'refused') report('absent');
    else report(found.kind === 'silent' ? 'hung' : 'refused');
  };

  const remind = (): void => {
    if (managed && instance) remindOfChildren(instance);
  };

  const look = async (): Promise<void> => {
    const stat = instance && instanceStat(instance);
    if (instance && !stat) return confirmEnd();
    if (stat && isStopped(stat)) return report('hung', stat.state);
    if (!instance || !sentinel || trouble || doubted || !existsSync(socket)) return knock();
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
      if (!trouble) resync.notice({ full: false });
    },
  });
  void tick();

  return {
    server,
    socket,
    managed,
    instance: () => instance,
    repeat: () => {
      trouble = null;
      screens.repeat();
      resync.notice({ full: true });
      void tick().then(screens.refresh);
    },
    resync: async () => {
      if (!instance || trouble) await look();
      resync.notice({ full: true });
      await resync.idle();
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      screens.close();
      unwatch();
      unfollow();
      client.release();
      letGo();
    },
  };
};

import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { LinkNotifications } from '../api/link-protocol.ts';
import type { Instance } from '../model/events/server.ts';
import { isStopped } from '../model/proc-stat.ts';
import { applyManagedSettings } from './commands.ts';
import { createPaneMap, type Listed, listBrief, listFull, listingMessage } from './listing.ts';
import { instanceStat } from './process.ts';
import { remindOfChildren, watchTerminals } from './reaping.ts';
import { createResync } from './resync.ts';
import { createScreens } from './screens.ts';
import { watchSocket } from './socket-watch.ts';
import { type ControlClient, startControlClient } from './tmux/control-client.ts';
import { createLauncher } from './tmux/launcher.ts';
import { probe } from './tmux/probe.ts';

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

/** A new session's screen is captured this soon, once its program has printed something, ms. */
const youngMs = 300;

/** After its control client ended, a server is looked at this often until it is gone or clearly is not, ms. */
const goneAfterMs = [0, 1, 2, 4, 8, 16, 32, 64, 128, 250];

type Trouble = LinkNotifications['server.unreachable']['why'];

/** Watches one tmux server and tells what it sees; it decides nothing. */
export const watchServer = (
  order: { server: string; socket: string; managed: boolean },
  tell: Tell,
): Watcher => {
  const { server, socket, managed } = order;
  // One each: a hung server must not keep the others waiting.
  const launcher = createLauncher();
  const panes = createPaneMap();
  const screens = createScreens();
  let instance: Instance | null = null;
  let control: ControlClient | null = null;
  let trouble: Trouble | null = null;
  let ticks = 0;
  let looking = false;
  let closed = false;

  const report = (why: Trouble, processState = ''): void => {
    if (trouble === why) return;
    trouble = why;
    tell('server.unreachable', { server, instance, why, processState, socket, at: Date.now() });
  };

  const gone = (how: LinkNotifications['server.gone']['how'], text: string): void => {
    if (!instance) return;
    tell('server.gone', { server, instance, how, text, at: Date.now() });
    instance = null;
    trouble = null;
    control?.close();
    control = null;
  };

  /** A listing that did not come, or not as asked for: find out why before believing anything. */
  const doubt = (listed: Listed<unknown>): void => {
    if (!instance) return;
    const stat = instanceStat(instance);
    if (!stat) gone('unknown', '');
    else if (!existsSync(socket)) report('socket-lost', stat.state);
    else if (listed.kind === 'silent') report('hung', stat.state);
  };

  const resync = createResync({
    brief: async () => {
      if (!instance) return false;
      const listed = await listBrief(launcher, socket, instance);
      if (listed.kind !== 'listed') {
        doubt(listed);
        return false;
      }
      const { rows, exits } = listed.listing;
      const { gone: missing, added, exited } = panes.compare(listed.listing);
      // A session may have come and gone between two listings: only its exit tells of it.
      if (missing || exited)
        tell('server.brief', { server, instance, at: Date.now(), rows, exits });
      if (added) screensSoon();
      return missing || added;
    },
    full: async () => {
      if (!instance) return;
      const listed = await listFull(launcher, socket, instance);
      if (!instance) return;
      if (listed.kind !== 'listed') {
        doubt(listed);
        return;
      }
      trouble = null;
      const rows = panes.replace(listed.listing);
      const at = Date.now();
      tell('server.listing', listingMessage(server, socket, instance, listed.listing, rows, at));
    },
  });

  /** The client ended: the server went, or only the client did. The kernel knows. */
  const confirmEnd = async (killed: boolean, text: string): Promise<void> => {
    for (const delay of goneAfterMs) {
      if (delay > 0) await wait(delay);
      if (!instance || closed) return;
      if (!instanceStat(instance)) {
        const said = killed ? 'killed' : text.startsWith('%exit') ? 'exited' : 'unknown';
        gone(said, text);
        return;
      }
    }
    control = null;
  };

  const hold = (): void => {
    control = startControlClient(socket, {
      onChange: (renamed) => resync.notice({ full: renamed }),
      onEnd: ({ killed, text }) => void confirmEnd(killed, text),
    });
  };

  const knock = async (): Promise<void> => {
    const found = await probe(socket);
    if (closed) return;
    if (found.kind === 'alive') {
      if (instance && found.instance.pid !== instance.pid) {
        gone('unknown', `another server, pid ${found.instance.pid}, took over the socket`);
      }
      instance = found.instance;
      if (managed && !control) await applyManagedSettings(socket).catch(() => undefined);
      if (!control) hold();
      resync.notice({ full: true });
    } else if (instance) doubt({ kind: found.kind === 'silent' ? 'silent' : 'strange' });
    else if (found.kind === 'missing' || found.kind === 'refused') report('absent');
    else report(found.kind === 'silent' ? 'hung' : 'refused');
  };

  const refreshScreens = async (): Promise<void> => {
    await resync.idle();
    const fresh = await screens.refresh(socket, panes.panes(), Date.now).catch(() => []);
    if (fresh.length > 0) tell('screens', { server, screens: fresh });
  };

  const remind = (): void => {
    if (managed && instance) remindOfChildren(instance);
  };

  let soon: NodeJS.Timeout | null = null;
  /** A session that ends within seconds has a last screen too. */
  function screensSoon(): void {
    soon ??= setTimeout(() => {
      soon = null;
      void refreshScreens();
    }, youngMs);
  }

  const look = async (): Promise<void> => {
    const stat = instance && instanceStat(instance);
    if (instance && !stat) return gone('unknown', '');
    if (stat && isStopped(stat)) return report('hung', stat.state);
    if (!instance || !control || trouble || !existsSync(socket)) return knock();
    ticks += 1;
    if (ticks % slowTicks !== 0) return;
    resync.notice({ full: true });
    await refreshScreens();
  };

  const tick = async (): Promise<void> => {
    if (looking || closed) return;
    looking = true;
    remind();
    await look().finally(() => {
      looking = false;
    });
  };

  const timer = setInterval(() => void tick(), tickMs);
  const unwatch = watchSocket(socket, () => void tick());
  const unwatchTerminals = managed ? watchTerminals(remind) : null;
  void tick();

  return {
    server,
    socket,
    managed,
    instance: () => instance,
    repeat: () => {
      trouble = null;
      screens.forget();
      resync.notice({ full: true });
      void tick().then(refreshScreens);
    },
    resync: async () => {
      if (!instance) await look();
      resync.notice({ full: true });
      await resync.idle();
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      if (soon) clearTimeout(soon);
      unwatch();
      unwatchTerminals?.();
      launcher.close();
      control?.close();
    },
  };
};

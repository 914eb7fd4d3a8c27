import type { NewEvent } from '../model/event.ts';
import type { Instance } from '../model/events/server.ts';
import { ProtocolFailure } from '../model/failure.ts';
import { sameInstance } from '../model/life.ts';
import type { Samples } from '../model/samples.ts';
import type { State } from '../model/state.ts';
import type { LinkNotifications } from '../protocol/link.ts';
import { compareBrief, compareListing } from './life/compare-listing.ts';
import type { Ends } from './life/end-lives.ts';
import { serverDied, serverUnreachable } from './life/server-end.ts';
import type { World } from './life/world.ts';
import type { ConnectedLink } from './link/links.ts';
import { forgetEnded, keepLimits, keepListing, keepScreens } from './machine/keep-samples.ts';

export interface NotificationPorts {
  state(): State;
  samples: Samples;
  /** As it is for a server: some of it depends on the link that serves it. */
  world(server: string): World;
  record(events: readonly NewEvent[], trace?: string): void;
  keepScreen(text: string): void;
  /** A server was looked at: what is known of it is now the truth. */
  onObserved(server: string): void;
  /** A whole listing of a server that is the owner's was told. */
  onListing?(listing: LinkNotifications['server.listing']): void;
  onSockets(owner: string, sockets: LinkNotifications['sockets.found']['sockets']): void;
  onTrouble(what: string, cause: unknown): void;
  /** Whether a server can be a process of that user; absent: its link is believed. */
  mayBeOf?(uid: number, instance: Instance): boolean;
}

const unable: Record<LinkNotifications['link.trouble']['what'], string> = {
  settings: 'apply its settings to',
  look: 'look at',
  listing: 'list the sessions of',
  limits: 'limit the sessions of',
  hold: 'keep a client waiting on',
};

type Take = {
  [K in keyof LinkNotifications]: (told: LinkNotifications[K], by: ConnectedLink) => void;
};

/** Records ends of lives, with the screens they left. */
export const createEndRecorder =
  (ports: Pick<NotificationPorts, 'state' | 'samples' | 'record' | 'keepScreen'>) =>
  ({ events, screens, incident }: Ends): void => {
    screens.forEach(ports.keepScreen);
    const trace = incident ? ports.state().incidents[incident]?.trace : undefined;
    ports.record(events, trace);
    if (events.length > 0) forgetEnded(ports.samples, ports.state());
  };

/**
 * Programs in a server of another user would pass for sessions of this one: asked from inside them, and killed.
 * @throws ProtocolFailure `not-its-server`
 */
const mustBeOwn = (
  { state, mayBeOf }: NotificationPorts,
  { server, instance }: LinkNotifications['server.listing'],
  uid: number,
): void => {
  const known = state().servers[server]?.instance ?? null;
  if (sameInstance(known, instance) || mayBeOf?.(uid, instance) !== false) return;
  throw new ProtocolFailure('not-its-server', `pid ${instance.pid} is no server of uid ${uid}`);
};

/** What becomes of each thing a link tells. */
export const createTake = (ports: NotificationPorts): Take => {
  const record = createEndRecorder(ports);
  return {
    'server.listing': (told, { uid }) => {
      mustBeOwn(ports, told, uid);
      const world = ports.world(told.server);
      ports.onListing?.(told);
      record(compareListing(ports.state(), told, world));
      keepListing(ports.samples, world.bootId, told, world.commandOf);
      ports.onObserved(told.server);
    },
    'server.brief': (told) => record(compareBrief(ports.state(), told, ports.world(told.server))),
    'server.gone': (told) => {
      const world = ports.world(told.server);
      record(serverDied(ports.state(), told.server, told.how, told.text, world));
      ports.onObserved(told.server);
    },
    'server.unreachable': (told) => {
      record(serverUnreachable(ports.state(), told, ports.world(told.server)));
      ports.onObserved(told.server);
    },
    'link.trouble': ({ server, what, message }) => {
      if (what === 'limits') {
        keepLimits(ports.samples, server, ports.world(server).redact(message));
      }
      ports.onTrouble(`the link cannot ${unable[what]} server ${server}`, message);
    },
    'link.trouble_over': ({ server, what }) => {
      if (what === 'limits') keepLimits(ports.samples, server, null);
    },
    heartbeat: () => undefined,
    'sockets.found': ({ sockets }, { owner }) => ports.onSockets(owner, sockets),
    screens: (told) => keepScreens(ports.samples, ports.state(), told),
  };
};

import { hostname } from 'node:os';
import { mayActOnAll } from '../api/access.ts';
import { alertSettings } from '../api/alert-settings.ts';
import { concerned } from '../api/concerned.ts';
import { peerCredentials } from '../api/credentials.ts';
import { createMethods } from '../api/methods.ts';
import type { NotifierSeat } from '../api/notifier-seat.ts';
import { listenForClients } from '../api/server.ts';
import type { StatusDocument } from '../model/status/status.ts';
import { unitsServer } from '../model/unit-state.ts';
import { listenForBots } from '../observe/heartbeat/listen.ts';
import { sightOf } from '../observe/heartbeat/speaker.ts';
import { lifeOf } from '../observe/life-of-process.ts';
import { listenForLinks } from '../observe/link/links.ts';
import { requester } from '../observe/requester.ts';
import { isOfDeclared, unitOfProcess } from '../observe/units/unit-of-process.ts';
import { checkSocketPath, type Paths } from '../paths.ts';
import type { LinkMethods } from '../protocol/link.ts';
import type { Acting } from './acting.ts';
import { createCallers } from './callers.ts';
import { captureScreen } from './capture-screen.ts';
import { type Observing, silentAfterMs } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

export interface ListeningPorts {
  reload(): Promise<{ hash: string }>;
  status(): StatusDocument;
  notifier: NotifierSeat;
}

/** The three sockets: `link.sock`, `heartbeat.sock` for bots, and `agent.sock` for everyone else. */
export const startListening = async (
  paths: Paths,
  { state, log, record, publisher }: Recording,
  { observer, configuration, bots, units }: Observing,
  { hands, operator, attention, refreshing }: Acting,
  { levels, redact, onTrouble }: Telling,
  { reload, status, notifier }: ListeningPorts,
) => {
  const ownerOf = (server: string): string | null => observer.linkOf(server)?.owner ?? null;
  const links = await listenForLinks(
    checkSocketPath(paths.linkSocket),
    paths.linkSocketMode,
    observer.handler,
  );
  const logLevel = levels.set;
  const now = (): number => Date.now();
  const ask = (params: LinkMethods['screen.capture']['params']) =>
    hands.call('screen.capture', params);
  const callerOf = createCallers(paths, {
    state,
    named: () => Object.values(configuration.current().servers).map(({ owner }) => owner),
    hasLink: observer.hasLink,
    now,
  });
  const methods = createMethods({
    ...{ state, log, publisher, operator, attention, notifier, record, reload, status, logLevel },
    ...{ ownerOf, now },
    refresh: refreshing.refresh,
    needed: bots.needed,
    capture: captureScreen({ state, ask, redact, now }),
    settings: () => alertSettings(configuration.current(), hostname()),
    mayAll: (uid) => mayActOnAll(callerOf(uid)),
  });
  const clients = await listenForClients(checkSocketPath(paths.agentSocket), {
    methods,
    mode: paths.agentSocketMode,
    requesterOf: (socket) => requester(state(), peerCredentials(socket)),
    callerOf,
    ownersOf: (method, about) => concerned(state(), method, about, now())?.map(ownerOf) ?? [null],
    onTrouble,
  });
  const beats = await listenForBots(
    checkSocketPath(paths.heartbeatSocket),
    paths.system ? 0o666 : 0o600,
    {
      ...{ hear: bots.hear, gone: bots.gone, refused: bots.refused, silentAfterMs, onTrouble },
      ...{ credentialsOf: peerCredentials, sightOf },
      lifeOf: (sight) => lifeOf(state(), sight) ?? unitOfProcess(state(), units.known, sight),
      // A unit is up before systemd is asked again: its bot, which speaks at once, need not wait for that.
      onStranger: (sight) => {
        if (isOfDeclared(state(), sight)) void units.look();
      },
      ownerOf: ({ server, session }) =>
        server === unitsServer
          ? `${unitsServer}/${session}`
          : (state().servers[server]?.owner ?? server),
    },
  );
  return {
    /** No more connections; those there are go on. */
    close(): void {
      beats.close();
      links.close();
      clients.close();
    },
  };
};

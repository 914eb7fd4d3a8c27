import type { Config } from '../../model/config/config.ts';
import { hashConfig } from '../../model/config/hash.ts';
import type { NewEvent } from '../../model/event.ts';
import type { AgentEvents } from '../../model/events/agent.ts';
import { isRunning, isSameServer } from '../../model/life.ts';
import type { State } from '../../model/state.ts';
import { tmuxName } from '../../model/tmux-name.ts';
import { declarationEvents } from '../life/previous-run.ts';
import { unitDeclarations } from '../units/unit-declarations.ts';
import type { FoundSocket } from './found-sockets.ts';
import { type ManagedSocket, watchOrders } from './orders.ts';

/** Adopted servers of the last run that still matter: they were found then, and may be alive. */
export const socketsOfState = (state: State): FoundSocket[] =>
  Object.values(state.servers)
    .filter(({ managed, status }) => !managed && isRunning({ status }))
    .map(({ server, socket, owner = null }) => ({ name: server, path: socket, owner }));

type ConfiguredServer = AgentEvents['config.applied']['servers'][number];

/** Lives on servers that are not watched any more, or of whose name is now another server. */
const unwatched = (state: State, servers: readonly ConfiguredServer[], at: number): NewEvent[] => {
  const kept = new Set(
    servers
      .filter((configured) => {
        const known = state.servers[configured.server];
        return known !== undefined && isSameServer(known, configured);
      })
      .map(({ server }) => server),
  );
  return Object.values(state.lives)
    .filter(({ server }) => !kept.has(server))
    .map(({ life, session, supervisedSince }) => ({
      at,
      type: 'supervision.ended',
      data: {
        life,
        session,
        reason: 'unwatched',
        supervisedMs: Math.max(0, at - supervisedSince),
      },
    }));
};

/** The configuration as events: what is watched, what is declared, what is neither any more. */
export const configEvents = (
  state: State,
  config: Config,
  where: { source: string; managedSocket: ManagedSocket; sockets: readonly FoundSocket[] },
  at: number,
): NewEvent[] => {
  const orders = watchOrders(config, where.managedSocket, where.sockets);
  const servers = orders.map(({ server, managed, socket, adopt, owner }) => ({
    server,
    managed,
    socket: socket ?? adopt ?? '',
    owner,
  }));
  const declared = Object.fromEntries(
    Object.entries(config.sessions).map(([session, { server }]) => [
      session,
      { server, tmuxName: tmuxName(session) },
    ]),
  );
  const sessions = Object.keys(declared).length;
  const data = { hash: hashConfig(config), source: where.source, sessions, servers };
  return [
    ...unwatched(state, servers, at),
    { at, type: 'config.applied', data },
    ...declarationEvents(state, declared, at),
    ...unitDeclarations(state, config, at),
  ];
};

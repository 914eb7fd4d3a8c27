import type { Instance, ServerEvents } from '../events/server.ts';
import { sameInstance } from '../life.ts';
import type { ServerState, ServerStatus, State } from '../state.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';

/** Moves a server that runs as `instance` from one of `from` to `to`. */
const move = (
  draft: State,
  event: { at: number; data: { server: string; instance: Instance } },
  from: readonly ServerStatus[],
  to: ServerStatus,
): Rejection | undefined => {
  const { server, instance } = event.data;
  const known = draft.servers[server];
  if (!known) return 'unknown-server';
  if (!sameInstance(known.instance, instance)) return 'wrong-instance';
  if (!from.includes(known.status)) return 'wrong-status';
  draft.servers[server] = { ...known, status: to, since: event.at };
  return undefined;
};

const running: readonly ServerStatus[] = ['alive', 'hung', 'socket-lost', 'unknown'];

export const serverHandlers: Handlers<ServerEvents> = {
  'server.found': (draft, { at, data }) => {
    const known: ServerState | undefined = draft.servers[data.server];
    if (!known) return 'unknown-server';
    if (running.includes(known.status)) return 'wrong-status';
    const { owner = null } = known;
    draft.servers[data.server] = {
      ...{ ...data, owner, status: 'alive', since: at, foundAt: at, ended: [] },
    };
    return undefined;
  },

  'server.died': (draft, event) => {
    const rejection = move(draft, event, running, 'dead');
    if (!rejection) increment(draft.counts.serversDied, event.data.how);
    return rejection;
  },

  'server.socket_lost': (draft, event) =>
    move(draft, event, ['alive', 'hung', 'unknown'], 'socket-lost'),
  'server.socket_restored': (draft, event) => move(draft, event, ['socket-lost'], 'alive'),
  'server.hung': (draft, event) => move(draft, event, ['alive', 'socket-lost', 'unknown'], 'hung'),
  'server.resumed': (draft, event) => move(draft, event, ['hung'], 'alive'),
};

import type { AgentEvents } from '../events/agent.ts';
import { isSameServer } from '../life.ts';
import { maxRuns, type ServerState } from '../state.ts';
import type { Handlers } from './handler.ts';

const declaredServer = (
  server: string,
  managed: boolean,
  socket: string,
  owner: string | null,
  at: number,
): ServerState => ({
  server,
  managed,
  socket,
  owner,
  status: 'absent',
  instance: null,
  version: '',
  since: at,
  ended: [],
});

export const agentHandlers: Handlers<AgentEvents> = {
  'agent.started': (draft, { at, data }) => {
    const { previous, ...run } = data;
    draft.agent = { ...run, startedAt: at, stopping: false };
    const begun = { startedAt: at, after: previous?.seq ?? 0 };
    draft.runs = [...(draft.runs ?? []), begun].slice(-maxRuns);
    return undefined;
  },

  'agent.stopping': (draft) => {
    if (draft.agent) draft.agent = { ...draft.agent, stopping: true };
    return undefined;
  },

  'config.applied': (draft, { at, data }) => {
    draft.config = { hash: data.hash, source: data.source, at };
    draft.refused = null;
    const servers: typeof draft.servers = {};
    for (const { server, managed, socket, owner = null } of data.servers) {
      const known = draft.servers[server];
      servers[server] =
        known && isSameServer(known, { managed, socket })
          ? { ...known, owner }
          : declaredServer(server, managed, socket, owner, at);
    }
    draft.servers = servers;
    return undefined;
  },

  'config.rejected': (draft, { at, data }) => {
    const { problems, first } = data;
    draft.refused = { at, problems, first };
    return undefined;
  },
};

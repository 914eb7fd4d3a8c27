import { peerCredentials } from '../api/credentials.ts';
import { createMethods } from '../api/methods.ts';
import { listenForClients } from '../api/server.ts';
import { serversOf } from '../model/find.ts';
import type { StatusDocument } from '../model/status.ts';
import { listenForLinks } from '../observe/link/links.ts';
import { requester } from '../observe/requester.ts';
import { checkSocketPath, type Paths } from '../paths.ts';
import type { Acting } from './acting.ts';
import { createCallers } from './callers.ts';
import type { Observing } from './observing.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

export interface ListeningPorts {
  reload(): Promise<{ hash: string }>;
  status(): StatusDocument;
}

/** The two sockets: `link.sock`, and `agent.sock` for everyone else. */
export const startListening = async (
  paths: Paths,
  { state, log, publisher }: Recording,
  { observer, configuration }: Observing,
  { operator }: Acting,
  { levels, onTrouble }: Telling,
  { reload, status }: ListeningPorts,
) => {
  const ownerOf = (server: string): string | null => observer.linkOf(server)?.owner ?? null;
  const links = await listenForLinks(
    checkSocketPath(paths.linkSocket),
    paths.linkSocketMode,
    observer.handler,
  );
  const logLevel = levels.set;
  const clients = await listenForClients(checkSocketPath(paths.agentSocket), {
    methods: createMethods({ state, log, publisher, operator, reload, status, logLevel, ownerOf }),
    mode: paths.agentSocketMode,
    requesterOf: (socket) => requester(state(), peerCredentials(socket)),
    callerOf: createCallers(paths, {
      state,
      named: () => Object.values(configuration.current().servers).map(({ owner }) => owner),
      hasLink: observer.hasLink,
      now: () => Date.now(),
    }),
    ownersOf: (session) => serversOf(state(), session).map(ownerOf),
    onTrouble,
  });
  return {
    /** No more connections; those there are go on. */
    close(): void {
      links.close();
      clients.close();
    },
  };
};

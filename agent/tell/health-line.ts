import type { StatusDocument } from '../model/status/status.ts';
import type { Logger } from './process-log.ts';

/** One line in the process log now and then: the tmux servers, their memory, their sessions, ours. */
export const logHealth = (logger: Logger, document: StatusDocument): void => {
  logger.log('info', 'health', {
    supervised: document.sessions.filter(({ status }) => status === 'up').length,
    servers: document.servers.map(({ server, status, processes, rssBytes, sessions }) => ({
      server,
      status,
      processes,
      rssBytes,
      sessions,
    })),
    log: document.agent.log.status,
  });
};

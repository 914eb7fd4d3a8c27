import type { SessionStatus, StatusDocument } from '../model/status.ts';
import type { Logger } from './process-log.ts';

/** What one session is like, for those who read logs by machine. Times in ms, sizes in bytes. */
const lineOf = (session: SessionStatus, now: number): Record<string, unknown> => {
  const {
    server,
    createdAt,
    lastActivityAt,
    rssBytes,
    cpu,
    deaths,
    restarts = 0,
    health,
  } = session;
  return {
    ...{ session: session.session, server, rssBytes, cpu, deaths, restarts },
    health: health?.status ?? null,
    ...(health?.check && { check: health.check, why: health.reason }),
    ageMs: createdAt === null ? null : now - createdAt,
    silentMs: lastActivityAt === null ? null : now - lastActivityAt,
  };
};

/** A line in the process log, and in the log of the session, for each one that is up and has checks. */
export const logSessionHealth = (logger: Logger, { sessions, writtenAt }: StatusDocument): void => {
  for (const session of sessions) {
    if (session.status !== 'up' || !session.health) continue;
    const isWell = session.health.status === 'healthy' || session.health.status === 'starting';
    const line = lineOf(session, writtenAt);
    logger.log(isWell ? 'info' : 'warn', 'session health', line);
  }
};

import type { SessionStatus } from '../model/status/session-status.ts';
import type { StatusDocument } from '../model/status/status.ts';
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

/** A line in the process log, and in the log of the session, for each one that is up and declared, or has checks. */
export const logSessionHealth = (logger: Logger, { sessions, writtenAt }: StatusDocument): void => {
  for (const session of sessions) {
    if (session.status !== 'up' || !(session.declared || session.health)) continue;
    const isWell = ['healthy', 'starting', undefined].includes(session.health?.status);
    const line = lineOf(session, writtenAt);
    logger.log(isWell ? 'info' : 'warn', 'session health', line);
  }
};

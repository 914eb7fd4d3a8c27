import type { LogLevel } from '../../model/config/config.ts';

const order: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** What is logged: from `level` up, and from a session's own level up where a line is about it. */
export interface Levels {
  allows(level: LogLevel, session: unknown): boolean;
  set(level: LogLevel, session?: string): void;
  /** The session follows the general level again. */
  clear(session: string): void;
  current(): { level: LogLevel; sessions: Record<string, LogLevel> };
}

export const createLevels = (
  level: LogLevel,
  sessions: Readonly<Record<string, LogLevel>>,
): Levels => {
  // A map, because a session may be called `__proto__`.
  const own = new Map(Object.entries(sessions));
  let general = level;
  return {
    allows(asked, session) {
      const least = (typeof session === 'string' ? own.get(session) : undefined) ?? general;
      return order.indexOf(asked) >= order.indexOf(least);
    },
    set(next, session) {
      if (session === undefined) general = next;
      else own.set(session, next);
    },
    clear: (session) => void own.delete(session),
    current: () => ({ level: general, sessions: Object.fromEntries(own) }),
  };
};

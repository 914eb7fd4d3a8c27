import { Failure } from '../../model/failure.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';

type Named = Pick<SessionStatus, 'session' | 'server'>;

const isNamed = ({ session, server }: Named, name: string): boolean =>
  session === name || `${server}:${session}` === name;

/** Sessions, and units as such, of a name, or of SERVER:NAME; null: all of them. @throws Failure `unknown-session` */
export const namedSessions = <S extends Named>(
  sessions: readonly S[],
  name: string | null,
): S[] => {
  const found = sessions.filter((session) => name === null || isNamed(session, name));
  if (name !== null && found.length === 0) {
    throw new Failure('unknown-session', `there is no session or unit "${name}"`);
  }
  return found;
};

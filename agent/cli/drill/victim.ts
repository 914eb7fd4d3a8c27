import { Failure } from '../../model/failure.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { usageFailure } from '../frame/parse.ts';
import { compare } from '../view/session-order.ts';

export type Victim = SessionStatus & { life: string };

const isDemo = (session: string): boolean => /^demo-\d+$/.test(session);
const isAlive = (session: SessionStatus): session is Victim =>
  session.status === 'up' && session.life !== null;

/**
 * The session a drill kills: the first demo by name, or the one named together with --yes.
 * @throws Failure
 */
export const chooseVictim = (
  { sessions }: StatusDocument,
  { session, yes }: { session: string | undefined; yes: boolean },
): Victim => {
  if (session !== undefined && !yes) {
    throw usageFailure(`this kills ${session} for real: add --yes if that is meant`);
  }
  // The document has them as they began, which for two that are started together may be either way.
  const alive = sessions.filter(isAlive).sort((a, b) => compare(a.session, b.session));
  const found =
    session === undefined
      ? alive.find((candidate) => candidate.declared && isDemo(candidate.session))
      : alive.find((candidate) => candidate.session === session);
  if (found) return found;
  const message =
    session === undefined
      ? 'no demo session is up; name another: holdfast drill --session SESSION --yes'
      : `no session ${session} is up`;
  throw new Failure('no-such-session', message);
};

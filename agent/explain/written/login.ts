import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { type FactOf, factsOf, isBetween } from './facts.ts';

/** What is left of a login is stopped as it ends, and has as long as a unit has for that. ms */
const endedWithinMs = 100_000;

/** The manager of a user waits so long after his last login (UserStopDelaySec=, 10 s), and then stops. ms */
const lingersMs = 30_000;

type Login = FactOf<'login-session'>;

/** The login that ended and took a unit along. */
export interface LoginEnd {
  fact: Login;
  /** Null: it is not written there. */
  user: string | null;
}

const userOf = (evidence: Evidence, { session, user }: Login): string | null =>
  user ??
  factsOf(evidence, 'login-session').find(
    (other) => other.session === session && other.user !== null,
  )?.user ??
  null;

/** That the processes of `session-N.scope` are told to end, by logind's word. */
const ofScope = (evidence: Evidence, session: string, at: number): LoginEnd | null => {
  const ends = factsOf(evidence, 'login-session').filter(
    (fact) => fact.session === session && fact.phase !== 'begun',
  );
  const near = ends.filter(isBetween(at - endedWithinMs, at + endedWithinMs));
  // One whose leader was killed with all the others ends because of that.
  const loggedOut = near.find(({ phase }) => phase === 'logged-out');
  if (loggedOut && loggedOut.at > at + slackMs) return null;
  const [fact] = near;
  return fact ? { fact, user: userOf(evidence, fact) } : null;
};

/** That the last login of the user of `user@UID.service` ended before. */
const ofManager = (evidence: Evidence, uid: number, at: number): LoginEnd | null => {
  const user = evidence.users?.[uid];
  if (user === undefined) return null;
  const fact = factsOf(evidence, 'login-session').findLast(
    (one) =>
      one.phase !== 'begun' &&
      userOf(evidence, one) === user &&
      isBetween(at - lingersMs, at + slackMs)(one),
  );
  return fact ? { fact, user } : null;
};

const ofUnit = (evidence: Evidence, unit: string, at: number): LoginEnd | null => {
  const [, session] = /^session-([^/]+)\.scope$/.exec(unit) ?? [];
  if (session !== undefined) return ofScope(evidence, session, at);
  const [, uid] = /^user@(\d+)\.service$/.exec(unit) ?? [];
  return uid === undefined ? null : ofManager(evidence, Number(uid), at);
};

/** The end of a login that ended these units at `at`. */
export const loginEndOf = (
  evidence: Evidence,
  units: readonly string[],
  at: number,
): LoginEnd | null => {
  for (const unit of units) {
    const end = ofUnit(evidence, unit, at);
    if (end) return end;
  }
  return null;
};

/** For a sentence: `the login 3 of deploy ended`. */
export const loginEndText = ({ fact, user }: LoginEnd): string => {
  const whose = user === null ? '' : ` of ${shortened(user, 40)}`;
  return `the login ${shortened(fact.session, 20)}${whose} ended`;
};

/** Whose these logins are, as far as logind wrote it down. */
export const usersOfLogins = (evidence: Evidence, logins: ReadonlySet<string>): string[] =>
  factsOf(evidence, 'login-session').flatMap(({ session, user }) =>
    logins.has(session) && user !== null ? [user] : [],
  );

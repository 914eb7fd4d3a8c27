import { findLife } from './find.ts';
import type { Silence } from './silence.ts';
import type { State } from './state.ts';

/** A session by the name that alerts carry. `server` null: on every server that has one of that name. */
interface AlertName {
  session: string;
  server: string | null;
}

/** What a silence is about, as commands take it; null: everything. */
export const nameOfSilence = ({
  session,
  server = null,
}: Pick<Silence, 'session' | 'server'>): string | null =>
  session === null || server === null ? session : `${server}:${session}`;

/** Whatever a session is known by that is declared, lives, or was in an incident; the newest incident goes first. */
const known = (state: State): { session: string; server: string }[] => [
  ...Object.entries(state.declared).map(([session, { server }]) => ({ session, server })),
  ...Object.values(state.lives),
  ...Object.values(state.units ?? {}),
  ...Object.values(state.incidents)
    .reverse()
    .flatMap(({ server, sessions }) => sessions.map((session) => ({ session, server }))),
];

/** The servers on which alerts may carry that name. */
export const serversNaming = (state: State, name: string): string[] => {
  const named = known(state).filter(({ session }) => session === name);
  return [...new Set(named.map(({ server }) => server))];
};

/**
 * The session that `given`, a name or SERVER:NAME, stands for where alerts are concerned; null: nobody's.
 * @param mayAll whether who asks may act on every server: a name that several of them have then means all
 * @throws RequestFailure `ambiguous-session`
 */
export const findAlertName = (state: State, given: string, mayAll: boolean): AlertName | null => {
  const [server, ...others] = serversNaming(state, given);
  if (server !== undefined && others.length === 0) return { session: given, server };
  if (server !== undefined && mayAll) return { session: given, server: null };
  const life = findLife(state, given);
  if (life) return { session: life.session, server: life.server };
  if (server !== undefined) return { session: given, server };
  const found = known(state).find((each) => `${each.server}:${each.session}` === given);
  return found ? { session: found.session, server: found.server } : null;
};

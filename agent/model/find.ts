import { isBotOf, standingsOf } from './bot/bot-needed.ts';
import type { Declaration } from './events/session.ts';
import { RequestFailure } from './failure.ts';
import { isInForce } from './in-force.ts';
import { isOfDeclared } from './life.ts';
import type { Silence } from './silence.ts';
import type { Incident, Life, State } from './state.ts';
import type { UnitState } from './unit-state.ts';

/** Names come from people: "constructor" is one, and every object has it. */
const ownEntry = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The declared session of that name, running or not, or SERVER:NAME: who else takes the name changes nothing of it. */
const matching = (state: State, name: string): Life[] => {
  const lives = Object.values(state.lives);
  const exact = lives.filter((life) =>
    isOfDeclared(state, life) ? life.session === name : `${life.server}:${life.session}` === name,
  );
  return exact.length > 0 || ownEntry(state.declared, name)
    ? exact
    : lives.filter(({ session, tmuxName }) => session === name || tmuxName === name);
};

/** One live session by the name the user knows, tmux's name, or SERVER:NAME. */
export const findLife = (state: State, name: string): Life | null => {
  const matches = matching(state, name);
  if (matches.length > 1) {
    const names = matches.map(({ server, session }) => `${server}:${session}`).join(', ');
    throw new RequestFailure('ambiguous-session', `"${name}" may be any of ${names.slice(0, 400)}`);
  }
  return matches[0] ?? null;
};

const unknown = (name: string): RequestFailure =>
  new RequestFailure('unknown-session', `there is no session "${name}"`);

/** The servers of every session or unit that `name` may stand for. */
export const serversOf = (state: State, name: string): string[] => {
  const declared = ownEntry(state.declared, name);
  const unit = ownEntry(state.units ?? {}, name);
  const meant = [
    ...matching(state, name),
    ...(declared ? [declared] : []),
    ...(unit ? [unit] : []),
  ];
  return [...new Set(meant.map(({ server }) => server))];
};

/** The servers of every session and bot that `name`, NAME or SERVER:NAME, may stand for: more than are meant by other calls. */
export const serversOfBots = (state: State, name: string): string[] => {
  const lives = Object.values(state.lives).filter((life) => isBotOf({ ...life, bot: '' }, name));
  const bots = standingsOf(state, name);
  return [...new Set([...lives, ...bots].map(({ server }) => server))];
};

/** @throws RequestFailure `unknown-session`, `ambiguous-session`, `not-running`, `is-a-unit` */
export const mustFindLife = (state: State, name: string): Life => {
  const life = findLife(state, name);
  if (life) return life;
  if (ownEntry(state.declared, name))
    throw new RequestFailure('not-running', `"${name}" is not running`);
  if (findUnit(state, name))
    throw new RequestFailure(
      'is-a-unit',
      `"${name}" is a unit of systemd: it has no terminal, so no screen and no keys`,
    );
  throw unknown(name);
};

/** @throws RequestFailure `unknown-session`; `not-declared` where only a declared one will do */
export const mustFindDeclared = (state: State, name: string): Declaration => {
  const declared = ownEntry(state.declared, name);
  if (declared) return declared;
  if (!findLife(state, name)) throw unknown(name);
  throw new RequestFailure(
    'not-declared',
    `"${name}" is not declared, so Holdfast does not know how to start it`,
  );
};

/** The declared unit of that name; null: there is none. */
export const findUnit = ({ units = {} }: Pick<State, 'units'>, name: string): UnitState | null =>
  ownEntry(units, name) ?? null;

/** By id, by session (its newest), or the newest of all. @throws RequestFailure `unknown-incident` */
export const findIncident = (
  state: State,
  { id, session }: { id?: string; session?: string },
): Incident => {
  const incidents = Object.values(state.incidents);
  const found =
    id !== undefined
      ? ownEntry(state.incidents, id)
      : incidents.findLast(({ sessions }) => session === undefined || sessions.includes(session));
  if (found) return found;
  const what = id ?? session;
  throw new RequestFailure(
    'unknown-incident',
    what === undefined ? 'there has been no incident' : `no incident is known for "${what}"`,
  );
};

/** One that is not over, by its id, else by the session it is about: SERVER:NAME, or its name. */
export const findSilence = (state: State, name: string, now: number): Silence | null => {
  const silences = Object.values(state.silences ?? {}).filter((silence) => isInForce(silence, now));
  return (
    silences.find(({ silence }) => silence === name) ??
    silences.find(({ server, session }) => server && `${server}:${session}` === name) ??
    silences.find(({ session }) => session === name) ??
    null
  );
};

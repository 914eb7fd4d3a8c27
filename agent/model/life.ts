import type { ActionKind } from './events/action.ts';
import type { Instance } from './events/server.ts';
import type { Health } from './health.ts';
import type { Home } from './homes.ts';
import type { Intent, Life, ServerState, State } from './state.ts';

/** The key of a life: boot id, server pid and start time, tmux `$id`. */
export const lifeId = (bootId: string, instance: Instance, tmuxId: string): string =>
  `${bootId.slice(0, 8)}/${instance.pid}-${instance.startTime}/${tmuxId}`;

export const sameInstance = (a: Instance | null, b: Instance | null): boolean =>
  a !== null && b !== null && a.pid === b.pid && a.startTime === b.startTime;

/**
 * Whether a configured server is the one known. An adopted one may be configured by the name of its socket,
 * as `default`; a listing then told the path. A managed one is configured without a socket while it is not known
 * whose it is.
 */
export const isSameServer = (
  known: ServerState,
  { managed, socket }: { managed: boolean; socket: string },
): boolean =>
  known.managed === managed &&
  (known.socket === socket ||
    (managed && socket === '') ||
    (!socket.includes('/') && known.socket.endsWith(`/${socket}`)));

/** Whether a server's process is there, as far as is known. */
export const isRunning = ({ status }: Pick<ServerState, 'status'>): boolean =>
  status !== 'dead' && status !== 'absent';

/** Equal for the same panes, each with the same process, in the same order. */
export const panesKey = (panes: readonly { id: string; pid: number }[]): string =>
  panes.map(({ id, pid }) => `${id}=${pid}`).join();

export const livesOf = (state: State, server: string): Life[] =>
  Object.values(state.lives).filter((life) => life.server === server);

/** Whether a life is one of the session declared under its name; a namesake on another server is not. */
export const isOfDeclared = (state: State, { declared, session, server }: Life): boolean =>
  declared && state.declared[session]?.server === server;

/** Null: nobody asked how this life is. */
export const healthOf = (
  { health = {} }: Pick<State, 'health'>,
  { session, life }: Pick<Home, 'session' | 'life'>,
): Health | null => {
  const known = Object.hasOwn(health, session) ? health[session] : undefined;
  return known?.life === life ? known : null;
};

/** What a program is told or helped by while it goes on. */
const besides: ReadonlySet<ActionKind> = new Set(['command.run', 'signal.send', 'keys.send']);

/** Whether something is being done about a session or a unit. A namesake on another server, of another owner, is another. */
export const isActedOn = (
  { actions }: State,
  { server, session }: Pick<Life, 'server' | 'session'>,
): boolean =>
  Object.values(actions).some(
    ({ kind, target }) =>
      target.session === session && target.server === server && !besides.has(kind),
  );

/** Intents last this long: to stop a program that saves its work takes time. ms */
export const intentMs = 60_000;

/** Whether an intent is about a life, or about all of its server. */
export const isAimedAt = ({ target }: Intent, life: Pick<Home, 'life' | 'server'>): boolean =>
  target.life === life.life ||
  (target.life === null && target.session === null && target.server === life.server);

export const isBeingKilled = (state: Pick<State, 'actions'>, life: string): boolean =>
  Object.values(state.actions).some(
    ({ kind, target }) => kind === 'session.kill' && target.life === life,
  );

/** Whether it is being ended, for whatever reason. */
export const isEnding = (
  state: Pick<State, 'actions' | 'intents'>,
  life: Pick<Home, 'life' | 'server'>,
): boolean =>
  isBeingKilled(state, life.life) ||
  Object.values(state.intents).some((intent) => isAimedAt(intent, life));

/**
 * The intent that an end at `at` carries out. Clocks jump: while the kill itself is under way its intent
 * counts whatever the time, and a clock set back does not make an old one last longer.
 */
export const intentFor = (state: State, life: Life, at: number): string | null => {
  const killing = isBeingKilled(state, life.life);
  const isValid = ({ declaredAt, expiresAt }: Intent): boolean =>
    killing || (at <= expiresAt && at >= declaredAt - intentMs);
  const found = Object.values(state.intents).filter(
    (intent) => isAimedAt(intent, life) && isValid(intent),
  );
  // Who wants it to end for good is heard before what wants it back.
  return (found.find(({ replaces }) => !replaces) ?? found[0])?.intent ?? null;
};

/** The number in tmux's `$id`. */
export const idNumber = (tmuxId: string): number => Number(tmuxId.slice(1));

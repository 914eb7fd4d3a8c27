import type { Config } from '../model/config/config.ts';
import type { NewEvent } from '../model/event.ts';
import type { ActionKind, Target } from '../model/events/action.ts';
import { livesOf } from '../model/life.ts';
import { subjectOf } from '../model/reduce/action.ts';
import type { Attempt, ServerState, State } from '../model/state.ts';

export interface PlannedAction {
  kind: ActionKind;
  target: Target;
  /** Why, as logged and counted: see `Reason`. */
  reason: Reason;
}

/**
 * The named reasons of this decider. `declared`: never ran yet; `died`, `server-died`: brought back;
 * `socket-lost`: repaired; `too-many-restarts`: left alone until an operator starts it.
 */
export type Reason = 'declared' | 'died' | 'server-died' | 'socket-lost' | 'too-many-restarts';

export interface Plan {
  events: NewEvent[];
  actions: PlannedAction[];
}

const isPending = (state: State, kind: ActionKind, { server, session }: Target): boolean =>
  Object.values(state.actions).some(
    (action) =>
      action.kind === kind && action.target.server === server && action.target.session === session,
  );

const decision = (kind: string, reason: Reason, target: Target, at: number): NewEvent => ({
  at,
  type: 'decision.made',
  data: { decision: kind, reason, target },
});

/** Repairs of a server's socket are no restarts of the server, and are counted by themselves. */
const attemptsOf = (state: State, { target, reason }: PlannedAction): Attempt[] =>
  (state.attempts[subjectOf(target)] ?? []).filter(
    (attempt) => (attempt.reason === 'socket-lost') === (reason === 'socket-lost'),
  );

/**
 * Restarts within the window before `now`. The first start of something is no restart; trying it again is. What seems to
 * come from the future was before the clock was set back, nobody knows how long.
 */
const recentRestarts = (attempts: readonly Attempt[], windowMs: number, now: number): number => {
  const recent = attempts.filter(({ at }) => at > now - windowMs && at <= now);
  return recent.length - (recent.some(({ reason }) => reason === 'declared') ? 1 : 0);
};

/** A lost socket is made again however often it goes, but not faster than a restart might come back. */
const paced = (state: State, config: Config, action: PlannedAction, now: number): Plan | null => {
  const { maxRestarts, windowMs } = config.recovery;
  if (recentRestarts(attemptsOf(state, action), windowMs, now) >= maxRestarts) return null;
  return { events: [decision('repair', action.reason, action.target, now)], actions: [action] };
};

/** Brings something back unless that was done too often lately; says so once when it stops. */
const limited = (state: State, config: Config, action: PlannedAction, now: number): Plan => {
  const subject = subjectOf(action.target);
  if (Object.hasOwn(state.suspended, subject)) return { events: [], actions: [] };
  const { maxRestarts, windowMs } = config.recovery;
  if (recentRestarts(attemptsOf(state, action), windowMs, now) >= maxRestarts) {
    return { events: [decision('suspend', 'too-many-restarts', action.target, now)], actions: [] };
  }
  const kind = action.reason === 'declared' ? 'start' : 'recover';
  return { events: [decision(kind, action.reason, action.target, now)], actions: [action] };
};

const forServer = (state: State, config: Config, known: ServerState, now: number): Plan | null => {
  const target = { server: known.server, session: null, life: null };
  const repair = { kind: 'socket.repair', target, reason: 'socket-lost' } as const;
  if (known.status === 'socket-lost' && !isPending(state, 'socket.repair', target)) {
    return paced(state, config, repair, now);
  }
  // A unit that an operator stopped stays so; otherwise systemd is starting it already.
  if (!known.managed || config.serversAreUnits) return null;
  if (isPending(state, 'server.start', target)) return null;
  const start = (reason: Reason): PlannedAction => ({ kind: 'server.start', target, reason });
  if (known.status === 'dead') return limited(state, config, start('server-died'), now);
  return known.status === 'absent' ? limited(state, config, start('declared'), now) : null;
};

/** Why a declared session that has no life should have one; null: it should not. */
const wanted = (state: State, config: Config, session: string): Reason | null => {
  const end = state.ends[session];
  if (!end) return 'declared';
  return end.reason === 'died' && config.sessions[session]?.restart ? 'died' : null;
};

const forSession = (state: State, config: Config, session: string, now: number): Plan | null => {
  const declared = state.declared[session];
  if (!declared || !config.sessions[session]) return null;
  if (state.servers[declared.server]?.status !== 'alive') return null;
  const lives = livesOf(state, declared.server);
  if (lives.some((life) => life.declared && life.session === session)) return null;
  const target = { server: declared.server, session, life: null };
  if (isPending(state, 'session.create', target)) return null;
  const reason = wanted(state, config, session);
  if (!reason) return null;
  return limited(state, config, { kind: 'session.create', target, reason }, now);
};

/**
 * Compares what is declared with what lives, and plans what is missing. Level-triggered: it may be asked at
 * any time and plans nothing twice, because a pending action is in the state.
 * @param observed servers looked at since the agent started: before that the log may be behind the world.
 */
export const planRecovery = (
  state: State,
  config: Config,
  observed: ReadonlySet<string>,
  now: number,
): Plan => {
  const plans = [
    ...Object.values(state.servers)
      .filter(({ server }) => observed.has(server))
      .map((server) => forServer(state, config, server, now)),
    ...Object.values(state.declared)
      .filter(({ server }) => observed.has(server))
      .map(({ session }) => forSession(state, config, session, now)),
  ].filter((plan) => plan !== null);
  return {
    events: plans.flatMap((plan) => plan.events),
    actions: plans.flatMap((plan) => plan.actions),
  };
};

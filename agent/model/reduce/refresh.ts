import { declaredServer } from '../declared-home.ts';
import type { ActionKind } from '../events/action.ts';
import type { RefreshEvents } from '../events/refresh.ts';
import { homeOf } from '../homes.ts';
import {
  type LoginLifetime,
  maxLifetimes,
  maxRefreshAttempts,
  notesOf,
  type RefreshAttempt,
  type Refreshing,
  type RefreshNotes,
  type RefreshOutcome,
} from '../refresh.ts';
import type { PendingAction, State } from '../state.ts';
import { unitsServer } from '../unit-state.ts';
import type { Handlers } from './handler.ts';

const put = (draft: State, session: string, changes: Partial<RefreshNotes>): void => {
  draft.refreshes = {
    ...draft.refreshes,
    [session]: { ...notesOf(draft, session), ...changes },
  };
};

/** One login ends once, whoever notices. */
const withLifetime = (
  lifetimes: readonly LoginLifetime[],
  since: number,
  at: number,
  end: LoginLifetime['end'],
): LoginLifetime[] =>
  at <= since || lifetimes.some((known) => known.since === since)
    ? [...lifetimes]
    : [...lifetimes, { since, ms: at - since, end }].slice(-maxLifetimes);

/** A bot lost the login that it had since then. */
export const loginExpired = (
  draft: State,
  { session, server }: { session: string; server: string },
  since: number,
  at: number,
): void => {
  // A namesake elsewhere is another.
  if (declaredServer(draft, session) !== server) return;
  const { lifetimes } = notesOf(draft, session);
  put(draft, session, { lifetimes: withLifetime(lifetimes, since, at, 'expired') });
};

const kindOf = ({ way, server }: Refreshing): ActionKind => {
  if (way === 'restart') return server === unitsServer ? 'unit.restart' : 'session.kill';
  return way === 'command' ? 'command.run' : 'signal.send';
};

/** How what was done for a refresh ended. */
export const refreshActed = (
  draft: State,
  { kind, target }: PendingAction,
  outcome: 'done' | 'failed' | 'lost',
  message: string,
): void => {
  if (target.session === null || !Object.hasOwn(draft.refreshes ?? {}, target.session)) return;
  const { underWay } = notesOf(draft, target.session);
  if (!underWay || kindOf(underWay) !== kind || underWay.life !== target.life) return;
  put(draft, target.session, { underWay: { ...underWay, acted: { outcome, message } } });
};

const settled = (
  { attempts, counts }: RefreshNotes,
  { way, startedAt }: Refreshing,
  outcome: RefreshOutcome,
  endedAt: number,
  why: string,
): Partial<RefreshNotes> => {
  const attempt: RefreshAttempt = { at: startedAt, endedAt, outcome };
  return {
    underWay: null,
    attempts: [...attempts, attempt].slice(-maxRefreshAttempts),
    last: { ...attempt, way, why },
    counts: { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 },
  };
};

export const refreshHandlers: Handlers<RefreshEvents> = {
  'refresh.started': (draft, { at, data }) => {
    const { refresh, session, server, life, way, login, spoke, until, reason } = data;
    if (declaredServer(draft, session) === null) return 'unknown-session';
    if (!homeOf(draft, life)) return 'unknown-life';
    const { underWay, lifetimes } = notesOf(draft, session);
    if (underWay) return 'refresh-exists';
    const lasted = reason === 'screen' ? withLifetime(lifetimes, login.since, at, 'expired') : null;
    put(draft, session, {
      underWay: { refresh, server, life, way, login, spoke, startedAt: at, until },
      ...(lasted && { lifetimes: lasted }),
    });
    return undefined;
  },

  'refresh.done': (draft, { at, data: { refresh, session, life } }) => {
    const notes = notesOf(draft, session);
    const { underWay, lifetimes } = notes;
    if (underWay?.refresh !== refresh) return 'unknown-refresh';
    put(draft, session, {
      ...settled(notes, underWay, 'done', at, ''),
      ...{ held: null, renewed: { at, life } },
      lifetimes: withLifetime(lifetimes, underWay.login.since, at, 'renewed'),
    });
    return undefined;
  },

  'refresh.failed': (draft, { at, data: { refresh, session, message } }) => {
    const notes = notesOf(draft, session);
    const { underWay } = notes;
    if (underWay?.refresh !== refresh) return 'unknown-refresh';
    put(draft, session, settled(notes, underWay, 'failed', at, message));
    return undefined;
  },

  'refresh.held': (draft, { at, data: { refresh, session, reason, login } }) => {
    if (declaredServer(draft, session) === null) return 'unknown-session';
    const notes = notesOf(draft, session);
    const { underWay, lifetimes } = notes;
    const held = { reason, since: at };
    if (refresh === null) {
      put(draft, session, { held: { ...held, ...(login && { login }) } });
      return undefined;
    }
    if (underWay?.refresh !== refresh) return 'unknown-refresh';
    put(draft, session, {
      ...settled(notes, underWay, 'needs-person', at, 'somebody has to log it in'),
      held: { ...held, login: underWay.login },
      lifetimes: withLifetime(lifetimes, underWay.login.since, at, 'expired'),
    });
    return undefined;
  },

  'refresh.released': (draft, { data: { session } }) => {
    if (!notesOf(draft, session).held) return 'wrong-status';
    put(draft, session, { held: null });
    return undefined;
  },
};

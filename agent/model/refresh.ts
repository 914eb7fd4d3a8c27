import type { KnownLogin, RefreshHold, RefreshWay } from './events/refresh.ts';

/** Why a login that is due is not renewed yet. */
export type RefreshWait =
  | 'young'
  | 'busy'
  | 'quiet'
  | 'back-off'
  | 'too-many'
  | 'gave-up'
  | 'needs-person'
  | 'restarts-used-up'
  | 'one-at-a-time';

/** A refresh that is under way. */
export interface Refreshing {
  refresh: string;
  server: string;
  /** In which it began. */
  life: string;
  way: RefreshWay;
  /** The login as it was then. */
  login: KnownLogin;
  /** A bot spoke then: what is to be well again has to speak. */
  spoke: boolean;
  startedAt: number;
  /** What has not worked by then has failed. */
  until: number;
  /** How what was done for it ended; absent: it is being done. */
  acted?: { outcome: 'done' | 'failed' | 'lost'; message: string };
}

export type RefreshOutcome = 'done' | 'failed' | 'needs-person';

export interface RefreshAttempt {
  at: number;
  endedAt: number;
  outcome: RefreshOutcome;
}

/** How long a login lasted. */
export interface LoginLifetime {
  /** When it was renewed or made. */
  since: number;
  ms: number;
  /** `expired`: it ran out; `renewed`: it would have lasted longer. */
  end: 'expired' | 'renewed';
}

/** What is remembered of the logins of one session. */
export interface RefreshNotes {
  underWay: Refreshing | null;
  /** Newest last, at most `maxRefreshAttempts`. */
  attempts: RefreshAttempt[];
  /** The newest that ended; `why` is empty where it worked. */
  last: (RefreshAttempt & { way: RefreshWay; why: string }) | null;
  /** `login`: as it was then; snapshots of older releases lack it. */
  held: { reason: RefreshHold; since: number; login?: KnownLogin } | null;
  /** When a refresh worked last, and in which life it ended. */
  renewed: { at: number; life: string } | null;
  /** Newest last, at most `maxLifetimes`. */
  lifetimes: LoginLifetime[];
  counts: Partial<Record<RefreshOutcome, number>>;
}

/** More than may be asked for within a window. */
export const maxRefreshAttempts = 40;

/** Enough for a median that one odd day does not move. */
export const maxLifetimes = 20;

export const noRefreshes: RefreshNotes = {
  ...{ underWay: null, attempts: [], last: null, held: null, renewed: null, lifetimes: [] },
  counts: {},
};

/** What is remembered of a session; `noRefreshes` where nothing is. */
export const notesOf = (
  { refreshes = {} }: { refreshes?: Readonly<Record<string, RefreshNotes>> },
  session: string,
): RefreshNotes =>
  (Object.hasOwn(refreshes, session) ? refreshes[session] : undefined) ?? noRefreshes;

import type { Requester } from './action.ts';

/** How a login is renewed. */
export type RefreshWay = 'restart' | 'command' | 'signal';

/**
 * Why a login is renewed: it gets too old, the bot said when it runs out, the screen says that it has, or somebody asked for
 * it.
 */
export type RefreshReason = 'age' | 'expiry' | 'screen' | 'operator';

/** Why a login that should be renewed is left alone. */
export type RefreshHold = 'gave-up' | 'needs-person';

/** What a login is known by. Times are ms since the epoch. */
export interface KnownLogin {
  /** When it was renewed or made. */
  since: number;
  /** `session`: no bot says so, and it is as old as the session or unit. */
  by: 'bot' | 'session';
  /** As the bot says; null: it does not. */
  expiresAt: number | null;
}

/** Events about logins that are renewed before they run out. */
export interface RefreshEvents {
  'refresh.started': {
    refresh: string;
    session: string;
    server: string;
    life: string;
    way: RefreshWay;
    reason: RefreshReason;
    /** The login that is to be renewed. */
    login: KnownLogin;
    /** Whether a bot of the session spoke. */
    spoke: boolean;
    /** What has not worked by then has failed, ms since the epoch. */
    until: number;
    /** The person who asked for it; absent where nobody did. */
    by?: Requester;
  };
  'refresh.done': {
    refresh: string;
    session: string;
    server: string;
    /** In which the renewed login is. */
    life: string;
    tookMs: number;
    /** How old the login was that was renewed. */
    ageMs: number;
  };
  'refresh.failed': {
    refresh: string;
    session: string;
    server: string;
    /** Stable: `timed-out`, `action-failed`, `session-ended`, `not-configured`. */
    code: string;
    /** For people, redacted, at most 400 characters. */
    message: string;
    tookMs: number;
  };
  'refresh.held': {
    session: string;
    server: string;
    reason: RefreshHold;
    /** The refresh that came to this; null: none was under way. */
    refresh: string | null;
    /** The login that is left alone; absent: that of the refresh, and in events of older releases. */
    login?: KnownLogin;
  };
  'refresh.released': {
    session: string;
    server: string;
    reason: RefreshHold;
    /**
     * `renewed`: its login is a newer one, or is not due and may be renewed again; `answered`: nobody is needed any more;
     * `not-configured`: nobody wants it.
     */
    why: 'renewed' | 'answered' | 'not-configured';
  };
}

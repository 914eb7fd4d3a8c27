/** Signals a program may be told by to renew its login; those that ask to end are not among them. */
export const refreshSignals = ['HUP', 'USR1', 'USR2', 'WINCH'] as const;

export type RefreshSignal = (typeof refreshSignals)[number];

/** How a login is renewed. */
export type RefreshHow =
  | { readonly way: 'restart' }
  /** Run by /bin/sh as the owner. */
  | { readonly way: 'command'; readonly command: string; readonly cwd: string | null }
  /** To the program of the first pane. */
  | { readonly way: 'signal'; readonly signal: RefreshSignal };

/** How the login of the bot of a session or unit is kept from running out. Times are ms. */
export interface SessionRefresh {
  /** A login gets no older; null: only what the bot reports, and what is on the screen, counts. */
  readonly maxAgeMs: number | null;
  /** So long before it runs out it is renewed. */
  readonly beforeMs: number;
  readonly how: RefreshHow;
  /** Nothing in, out or on the screen for so long is a quiet moment. */
  readonly quietMs: number;
  /** A refresh that has not worked by then has failed. */
  readonly timeoutMs: number;
  /** Refreshes within `windowMs`, whatever came of them. */
  readonly maxAttempts: number;
  readonly windowMs: number;
  /** After the first failure; each further one in a row waits twice as long. */
  readonly firstWaitMs: number;
  /** Patterns of RE2: one in the last lines of the screen says that the login has run out. */
  readonly screen: readonly string[];
}

/** Base of the few errors Holdfast raises on purpose. `code` is stable; match on it, not on the message. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly code: string;
  /** True when the same call may succeed later without anything being changed. */
  readonly retryable: boolean;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** What to tell of anything that was thrown. */
export const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

/** The code of what the system or Node has thrown, as `ENOENT`, or of a Failure; null: it has none. */
export const codeOf = (cause: unknown): string | null =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;

/** After these nobody knows whether the other side did what it was asked for, or still does it. */
const uncertain: ReadonlySet<string> = new Set([
  ...['no-answer', 'connection-closed', 'tmux-timeout', 'unit-slow'],
]);

export const mayHaveRun = ({ code }: { code: string }): boolean => uncertain.has(code);

/** The configuration cannot be used. Exit code 78 (EX_CONFIG, sysexits.h). */
export class ConfigFailure extends Failure {
  override readonly name = 'ConfigFailure';
}

/** The other side of a socket said something impossible, too large or too slow. */
export class ProtocolFailure extends Failure {
  override readonly name = 'ProtocolFailure';
}

/** A tmux command failed or ran out of time. */
export class TmuxFailure extends Failure {
  override readonly name = 'TmuxFailure';
}

/** The log cannot be written or read now. */
export class LogFailure extends Failure {
  override readonly name = 'LogFailure';
}

/** A request that cannot be met: an unknown session, a refused action. Shown to the person who asked. */
export class RequestFailure extends Failure {
  override readonly name = 'RequestFailure';
}

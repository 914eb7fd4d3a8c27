import { Failure } from '../../../../agent/model/failure.ts';

/** What a call of the Bot API failed with. Neither message nor stack has the token. */
export class TelegramFailure extends Failure {
  override readonly name = 'TelegramFailure';
  /** As the Bot API says; null where nothing, or nothing it could have said, came back. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** Of the Bot API; null where it was none. */
  readonly method: string | null;
  /** The chat is now this one. */
  readonly movedTo: string | null;

  /** @param code `429` or another status, else that of the network: `ECONNREFUSED`, `timeout`, `aborted` */
  constructor(
    code: string,
    message: string,
    about: Partial<Pick<TelegramFailure, 'status' | 'method' | 'retryAfterMs' | 'movedTo'>> = {},
  ) {
    const status = about.status ?? null;
    // Only 400 to 499 say that it was our fault; others are of no Bot API.
    const isOurs = status !== null && status >= 400 && status <= 499 && status !== 429;
    super(code, message, { retryable: !isOurs });
    this.status = status;
    this.method = about.method ?? null;
    this.retryAfterMs = about.retryAfterMs ?? null;
    this.movedTo = about.movedTo ?? null;
  }

  /** Whether the Bot API said `400` and something like this. */
  says(what: RegExp): boolean {
    return this.status === 400 && what.test(this.message);
  }
}

/** The message is already as it should be. */
export const isNotModified = (failure: TelegramFailure): boolean =>
  failure.says(/message is not modified/i);

export const isBadMarkup = (failure: TelegramFailure): boolean =>
  failure.says(/can't parse entities|ENTITY_/i);

/** Somebody deleted it, or it is of another bot. */
export const isGone = (failure: TelegramFailure): boolean =>
  failure.says(/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i);

/** The token is wrong: 401, or 404 where it does not even look like one. */
export const isUnauthorized = ({ status }: TelegramFailure): boolean =>
  status === 401 || status === 404;

import type { Outcome } from '../../channel.ts';
import { isUnauthorized, type TelegramFailure } from '../api/failure.ts';

type Failed = Exclude<Outcome, { kind: 'accepted' }>;

/** While these last, nothing else would be accepted either; a 500 may be about this message alone. */
const isEverything = ({ status }: TelegramFailure): boolean => status !== 500;

/** What only the person, or whoever set up the bot, can mend. */
const isUnusable = (failure: TelegramFailure): boolean =>
  isUnauthorized(failure) || failure.status === 403 || failure.says(/chat not found/i);

export const outcomeOf = (failure: TelegramFailure): Failed => {
  const { code, message, status, retryable, retryAfterMs } = failure;
  if (retryable || status === 409)
    return {
      kind: 'later',
      code,
      message,
      waitMs: retryAfterMs,
      everything: isEverything(failure),
    };
  return { kind: isUnusable(failure) ? 'unusable' : 'refused', code, message };
};

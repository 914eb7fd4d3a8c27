import { GrammyError, HttpError } from 'grammy';
import { messageOf } from '../../../../agent/model/failure.ts';
import { TelegramFailure } from './failure.ts';
import type { Scrub } from './scrub.ts';

const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return name === 'AbortError' ? 'aborted' : 'network';
};

/** Only a group becomes another chat, and that a supergroup: both have negative ids. */
const movedTo = (from: unknown, to: unknown): string | null =>
  String(from).startsWith('-') && /^-\d{1,19}$/.test(String(to)) ? String(to) : null;

const refusal = (method: string, error: GrammyError, scrub: Scrub): TelegramFailure => {
  const { error_code: status, description, parameters, payload } = error;
  const { retry_after: seconds, migrate_to_chat_id: chat } = parameters;
  return new TelegramFailure(String(status), scrub(description), {
    ...{ method, status },
    retryAfterMs: Number.isFinite(seconds) ? Number(seconds) * 1000 : null,
    movedTo: movedTo(payload['chat_id'], chat),
  });
};

/** What a call of grammY failed with, as ours. @param aborted whether we gave it up ourselves */
export const failureOf = (
  method: string,
  error: unknown,
  aborted: boolean,
  scrub: Scrub,
): TelegramFailure => {
  if (error instanceof GrammyError) return refusal(method, error, scrub);
  if (aborted) return new TelegramFailure('aborted', `${method} was given up`, { method });
  const inner = error instanceof HttpError ? error.error : error;
  const message = scrub(messageOf(inner));
  if (/timed out after/.test(message)) return new TelegramFailure('timeout', message, { method });
  return new TelegramFailure(codeOf(inner), `${method}: ${message}`, { method });
};

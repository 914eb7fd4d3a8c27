import type { InlineKeyboardMarkup } from 'grammy/types';
import { plainOf, type Verbatim } from '../format/entities.ts';
import { htmlOf } from '../format/html.ts';
import type { Rich } from '../format/rich.ts';
import type { TelegramApi } from './api.ts';
import { isBadMarkup, isGone, isNotModified, TelegramFailure } from './failure.ts';

export interface Posting {
  api: TelegramApi;
  chat: string;
  signal?: AbortSignal | undefined;
}

export interface Shape {
  keyboard?: InlineKeyboardMarkup | undefined;
  /** No sound. */
  silent?: boolean;
  /** Cannot be forwarded or saved. */
  isProtected?: boolean;
  /** The message it answers. */
  replyTo?: number | null;
}

/** What is the same of a message with markup and of one without. */
const common = ({ chat }: Posting, { keyboard }: Shape) => ({
  chat_id: chat,
  link_preview_options: { is_disabled: true },
  ...(keyboard ? { reply_markup: keyboard } : {}),
});

type Body =
  | { text: string; parse_mode: 'HTML' }
  | { text: string; entities: Verbatim[] }
  | { text: string };

/** With markup; with places instead; bare: a message that looks worse is better than none. */
const bodiesOf = function* (rich: Rich): Generator<Body> {
  yield { text: htmlOf(rich), parse_mode: 'HTML' };
  const { text, entities } = plainOf(rich);
  yield { text, entities };
  yield { text };
};

/** What the parser does not take goes without markup: nothing of the text is lost. */
const inMarkup = async <R>(rich: Rich, attempt: (body: Body) => Promise<R>): Promise<R> => {
  let refused: unknown = new Error('a message has no body');
  for (const body of bodiesOf(rich)) {
    try {
      return await attempt(body);
    } catch (error) {
      if (!(error instanceof TelegramFailure) || !isBadMarkup(error)) throw error;
      refused = error;
    }
  }
  throw refused;
};

/**
 * A server that takes a message and does not say as what has not said that it was taken.
 * @throws TelegramFailure `no-message`
 */
export const messageIdOf = (sent: unknown, method: string): number => {
  const id = (sent as { message_id?: unknown } | undefined | null)?.message_id;
  if (!Number.isSafeInteger(id) || Number(id) < 1)
    throw new TelegramFailure('no-message', `${method} gave no message`, { method });
  return Number(id);
};

/** @returns the id of the message @throws TelegramFailure */
export const post = async (posting: Posting, rich: Rich, shape: Shape = {}): Promise<number> => {
  const { api, signal } = posting;
  const { silent, isProtected, replyTo } = shape;
  const sent = await inMarkup(rich, (body) =>
    api.call(
      'sendMessage',
      {
        ...common(posting, shape),
        ...body,
        ...(silent ? { disable_notification: true } : {}),
        ...(isProtected ? { protect_content: true } : {}),
        ...(replyTo
          ? { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }
          : {}),
      },
      signal,
    ),
  );
  return messageIdOf(sent, 'sendMessage');
};

/** Changes a message. @returns false where there is no such message any more @throws TelegramFailure */
export const edited = async (edit: Promise<unknown>): Promise<boolean> => {
  try {
    await edit;
    return true;
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (isNotModified(error)) return true;
    if (isGone(error)) return false;
    throw error;
  }
};

/** @returns false where there is no such message any more @throws TelegramFailure */
export const repost = async (
  posting: Posting,
  message: number,
  rich: Rich,
  shape: Shape = {},
): Promise<boolean> => {
  const { api, signal } = posting;
  return edited(
    inMarkup(rich, (body) =>
      api.call(
        'editMessageText',
        { ...common(posting, shape), ...body, message_id: message },
        signal,
      ),
    ),
  );
};

/** What should not be there any more; that it stays is no harm. */
export const discard = async ({ api, chat, signal }: Posting, message: number): Promise<void> => {
  const params = { chat_id: chat, message_id: message };
  await api.call('deleteMessage', params, signal).catch(() => undefined);
};

import { InputFile } from 'grammy';
import type { Remote } from '../../../../agent/model/events/remote.ts';
import { isPhoto, sizeOf } from '../../picture/photo.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import { htmlOf } from '../format/html.ts';
import { type Button, keyboard } from '../format/keyboard.ts';
import type { Rich } from '../format/rich.ts';
import { split } from '../format/split.ts';
import { post, repost } from '../message.ts';

/** One exchange with somebody who asked. Everything rejects with a TelegramFailure where Telegram does not take it. */
export interface Talk {
  readonly remote: Remote;
  /** Long texts go as several messages, the buttons below the last one. */
  say(rich: Rich, buttons?: readonly Button[], across?: number): Promise<void>;
  /** Instead of the message whose button was pressed, or of what was said so before. */
  replace(rich: Rich, buttons?: readonly Button[]): Promise<void>;
  /** A PNG. */
  picture(png: Uint8Array, name: string, caption: Rich, buttons?: readonly Button[]): Promise<void>;
  /** Shown for a moment where a button was pressed; a message where none was, or its time is over. */
  toast(text: string): Promise<void>;
}

export interface TalkOptions {
  api: TelegramApi;
  remote: Remote;
  chat: string;
  button: { query: string; message: number | null } | null;
  signal: AbortSignal;
}

const toastUnits = 200;

export const createTalk = (options: TalkOptions): Talk & { settle(): Promise<void> } => {
  const { api, remote, chat, button, signal } = options;
  const posting = { api, chat, signal };
  let message = button?.message ?? null;
  let isAnswered = button === null;

  const answer = async (text: string): Promise<void> => {
    if (isAnswered || button === null) return;
    isAnswered = true;
    const params = { callback_query_id: button.query, text: text.slice(0, toastUnits) };
    // A query of some time ago is not known any more; who pressed has long stopped looking.
    await api.call('answerCallbackQuery', params, signal).catch(() => undefined);
  };

  const say: Talk['say'] = async (rich, buttons = [], across = 2) => {
    const parts = split(rich);
    for (const [i, part] of parts.entries()) {
      const isLast = i === parts.length - 1;
      const shape = isLast && buttons.length > 0 ? { keyboard: keyboard(buttons, across) } : {};
      message = await post(posting, part, shape);
    }
  };

  const replace: Talk['replace'] = async (rich, buttons = []) => {
    const [first, ...more] = split(rich);
    const shape = { keyboard: keyboard(buttons) };
    const replaced =
      message !== null &&
      first !== undefined &&
      more.length === 0 &&
      (await repost(posting, message, first, shape));
    if (!replaced) await say(rich, buttons);
  };

  const upload = async (
    kind: 'photo' | 'document',
    png: Uint8Array,
    name: string,
    caption: Rich,
    buttons: readonly Button[],
  ): Promise<void> => {
    const file = new InputFile(
      png,
      `${name.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'screen'}.png`,
    );
    const params = {
      chat_id: chat,
      caption: htmlOf(caption),
      parse_mode: 'HTML' as const,
      ...(buttons.length > 0 ? { reply_markup: keyboard(buttons) } : {}),
    };
    if (kind === 'photo') await api.call('sendPhoto', { ...params, photo: file }, signal);
    else await api.call('sendDocument', { ...params, document: file }, signal);
  };

  return {
    remote,
    say,
    replace,
    picture: async (png, name, caption, buttons = []) => {
      if (!isPhoto(sizeOf(png))) return upload('document', png, name, caption, buttons);
      try {
        await upload('photo', png, name, caption, buttons);
      } catch (error) {
        if (!(error instanceof TelegramFailure) || error.status !== 400) throw error;
        await upload('document', png, name, caption, buttons);
      }
    },
    toast: async (text) => {
      if (isAnswered) await say(text);
      else await answer(text);
    },
    /** Whatever happened: the phone stops to show that it waits. */
    settle: () => answer(''),
  };
};

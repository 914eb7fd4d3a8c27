import type { Remote } from '../../../../agent/model/events/remote.ts';
import type { TelegramApi } from '../api/api.ts';
import { post, repost } from '../api/post.ts';
import { type Button, keyboard } from '../format/keyboard.ts';
import type { Rich } from '../format/rich.ts';
import { split } from '../format/split.ts';
import { type Picture, sendPicture } from './send-picture.ts';

/** One exchange with somebody who asked. Everything rejects with a TelegramFailure where Telegram does not take it. */
export interface Talk {
  readonly remote: Remote;
  /** Long texts go as several messages, the buttons below the last one. */
  say(rich: Rich, buttons?: readonly Button[], across?: number): Promise<void>;
  /** Instead of the message whose button was pressed, or of what was said so before; without buttons. */
  replace(rich: Rich): Promise<void>;
  /** A PNG. */
  picture(picture: Picture): Promise<void>;
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

  /** @returns whether there was a message that could be changed into it */
  const edit = async (rich: Rich): Promise<boolean> => {
    const [first, ...more] = split(rich);
    if (message === null || first === undefined || more.length > 0) return false;
    return repost(posting, message, first, { keyboard: keyboard([]) });
  };

  return {
    remote,
    say,
    replace: async (rich) => {
      if (!(await edit(rich))) await say(rich);
    },
    picture: (picture) => sendPicture(posting, picture),
    toast: async (text) => {
      if (isAnswered) await say(text);
      else await answer(text);
    },
    /** Whatever happened: the phone stops to show that it waits. */
    settle: () => answer(''),
  };
};

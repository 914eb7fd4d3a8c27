import { Failure } from '../../../../agent/model/failure.ts';
import { blankPicture } from '../../picture/blank.ts';
import { sizeOf } from '../../picture/photo.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import { post, repost } from '../api/post.ts';
import { loginTexts } from '../texts/login.ts';
import type { Look } from './look.ts';
import { postPicture, repostPicture } from './picture-message.ts';
import type { TakenBack } from './taken-back.ts';

export interface SecretMessagePorts {
  api: TelegramApi;
  /** A private one: nobody else is in it. */
  chat: string;
  takenBack: TakenBack;
}

/** What a bot needs, in a chat, in one message that is changed in place. It is not there for good. */
export interface SecretMessage {
  /**
   * Sends it, or changes what is there. What fails at the first attempt is taken away again.
   * @throws TelegramFailure, and Failure `not-kept`: where the message is cannot be written down, and nothing is shown
   */
  show(look: Look): Promise<void>;
  /** Takes it away, where it is there. Never throws. */
  remove(): Promise<void>;
}

/** What has its place until its number is known: of the same kind and size, with nothing in it. */
const placeholderOf = async (look: Look): Promise<Look> =>
  look.as === 'text'
    ? { as: 'text', text: loginTexts.moment }
    : { as: 'picture', png: await blankPicture(sizeOf(look.png)), caption: loginTexts.moment };

/**
 * A message whose sending was accepted, and whose number got lost, stays for good: the connection may break, or we be killed.
 * So one without a secret is sent, its number is written down, and only then the secret is put into it. No call has a
 * signal: one that is given up may have been carried out.
 */
export const createSecretMessage = ({
  api,
  chat,
  takenBack,
}: SecretMessagePorts): SecretMessage => {
  const posting = { api, chat };
  let shown: { message: number; as: Look['as'] } | null = null;
  /** A phone rings once, however often a bot asks for something else. */
  let wasShown = false;

  const remove = async (): Promise<void> => {
    if (shown === null) return;
    const { message } = shown;
    shown = null;
    await takenBack.remove(chat, message);
  };

  const edit = (message: number, look: Look): Promise<boolean> =>
    look.as === 'picture'
      ? repostPicture(posting, message, look)
      : repost(posting, message, look.text);

  const sendPlaceholder = async (look: Look): Promise<number> => {
    const shape = { isProtected: true, silent: wasShown };
    const empty = await placeholderOf(look);
    return empty.as === 'picture'
      ? postPicture(posting, empty, shape)
      : post(posting, empty.text, shape);
  };

  const send = async (look: Look): Promise<void> => {
    const message = await sendPlaceholder(look);
    shown = { message, as: look.as };
    wasShown = true;
    try {
      if (!takenBack.add(chat, message)) throw new Failure('not-kept', loginTexts.notKept);
      if (!(await edit(message, look)))
        throw new TelegramFailure('no-message', 'the message was deleted before it was filled');
    } catch (error) {
      await remove();
      throw error;
    }
  };

  return {
    show: async (look) => {
      // A picture cannot become a text.
      if (shown !== null && shown.as === look.as && (await edit(shown.message, look))) return;
      await remove();
      await send(look);
    },
    remove,
  };
};

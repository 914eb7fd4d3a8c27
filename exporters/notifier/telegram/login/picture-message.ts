import { InputFile } from 'grammy';
import { edited, messageIdOf, type Posting, type Shape } from '../api/post.ts';
import { htmlOf } from '../format/html.ts';
import type { Look } from './look.ts';

export type Picture = Extract<Look, { as: 'picture' }>;

const fileName = 'login.png';

/** Cannot be forwarded or saved, whatever it is changed into. @returns the id of the message @throws TelegramFailure */
export const postPicture = async (
  { api, chat }: Posting,
  { png, caption }: Picture,
  { silent = false }: Pick<Shape, 'silent'>,
): Promise<number> => {
  const sent = await api.call('sendPhoto', {
    chat_id: chat,
    disable_notification: silent,
    photo: new InputFile(png, fileName),
    caption: htmlOf(caption),
    parse_mode: 'HTML',
    protect_content: true,
  });
  return messageIdOf(sent, 'sendPhoto');
};

/** @returns false where there is no such message any more @throws TelegramFailure */
export const repostPicture = async (
  { api, chat }: Posting,
  message: number,
  { png, caption }: Picture,
): Promise<boolean> => {
  return edited(
    api.call('editMessageMedia', {
      ...{ chat_id: chat, message_id: message },
      media: {
        ...{ type: 'photo', media: new InputFile(png, fileName) },
        ...{ caption: api.scrub(htmlOf(caption)), parse_mode: 'HTML' },
      },
    }),
  );
};

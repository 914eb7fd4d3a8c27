import { InputFile } from 'grammy';
import { isPhoto, sizeOf } from '../../picture/photo.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { Posting } from '../api/post.ts';
import { htmlOf } from '../format/html.ts';
import type { Rich } from '../format/rich.ts';

export interface Picture {
  png: Uint8Array;
  /** Of the file, without its ending; a name of others. */
  name: string;
  caption: Rich;
}

const fileName = (name: string): string =>
  `${name.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'screen'}.png`;

const upload = async (
  { api, chat, signal }: Posting,
  as: 'photo' | 'document',
  { png, name, caption }: Picture,
): Promise<void> => {
  const file = new InputFile(png, fileName(name));
  const params = { chat_id: chat, caption: htmlOf(caption), parse_mode: 'HTML' as const };
  if (as === 'photo') await api.call('sendPhoto', { ...params, photo: file }, signal);
  else await api.call('sendDocument', { ...params, document: file }, signal);
};

/** As a photo, or as a file where Telegram takes it as no photo. @throws TelegramFailure */
export const sendPicture = async (posting: Posting, picture: Picture): Promise<void> => {
  if (!isPhoto(sizeOf(picture.png))) return upload(posting, 'document', picture);
  try {
    await upload(posting, 'photo', picture);
  } catch (error) {
    if (!(error instanceof TelegramFailure) || error.status !== 400) throw error;
    await upload(posting, 'document', picture);
  }
};

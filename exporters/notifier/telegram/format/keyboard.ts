import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { shortened } from '../../../../agent/model/text/shortened.ts';
import { cleanLine } from './clean.ts';

export interface Button {
  text: string;
  data: string;
}

const mostText = 40;
/** Telegram takes 100; a phone shows about twelve rows. */
const mostButtons = 24;

const buttonOf = ({ text, data }: Button): InlineKeyboardButton => ({
  text: shortened(cleanLine(text), mostText) || '?',
  callback_data: data,
});

/** Buttons in rows of `across`. */
export const keyboard = (buttons: readonly Button[], across = 2): InlineKeyboardMarkup => {
  const shown = buttons.slice(0, mostButtons).map(buttonOf);
  const rows = Array.from({ length: Math.ceil(shown.length / across) }, (_, i) =>
    shown.slice(i * across, (i + 1) * across),
  );
  return { inline_keyboard: rows };
};

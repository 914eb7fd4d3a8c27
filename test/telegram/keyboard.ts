import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { badRequest } from './api-error.ts';
import { checkedLink } from './text/link.ts';

/** Bytes of UTF-8, by the documents. */
const maxDataBytes = 64;
const maxButtons = 100;

const actions = [
  ...['url', 'callback_data', 'web_app', 'login_url', 'copy_text', 'pay', 'callback_game'],
  ...['switch_inline_query', 'switch_inline_query_current_chat', 'switch_inline_query_chosen_chat'],
  'disabled',
];

const unparsable = (what: string) => badRequest(`can't parse inline keyboard button: ${what}`);

const checkButton = (button: unknown): void => {
  if (typeof button !== 'object' || button === null || Array.isArray(button)) {
    throw unparsable('InlineKeyboardButton must be an Object');
  }
  const fields = button as Record<string, unknown>;
  const { text, url, callback_data: data } = fields;
  if (typeof text !== 'string') throw unparsable(`Can't find field "text"`);
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  if (!actions.some((name) => name in fields && fields[name] !== '')) {
    throw unparsable('Text buttons are unallowed in the inline keyboard');
  }
  if (typeof url === 'string' && checkedLink(url) === undefined) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  if (typeof data === 'string' && Buffer.byteLength(data) > maxDataBytes) {
    throw badRequest('BUTTON_DATA_INVALID');
  }
};

/** Checks a `reply_markup`. Of other keyboards than inline ones nothing is kept. */
export const readKeyboard = (markup: unknown): InlineKeyboardMarkup | undefined => {
  if (markup === undefined) return undefined;
  if (typeof markup !== 'object' || markup === null || Array.isArray(markup)) {
    throw badRequest('object expected as reply markup');
  }
  const rows: unknown = (markup as Partial<InlineKeyboardMarkup>).inline_keyboard;
  if (rows === undefined) return undefined;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest(
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    );
  }
  const buttons = rows.flat();
  for (const button of buttons) checkButton(button);
  if (buttons.length > maxButtons) throw badRequest('reply markup is too long');
  return buttons.length === 0 ? undefined : (markup as InlineKeyboardMarkup);
};

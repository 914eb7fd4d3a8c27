import type { BotNeeded } from '../../../../agent/model/bot/bot-needed.ts';
import { shortened } from '../../../../agent/model/text/shortened.ts';
import { qrPicture } from '../../picture/qr.ts';
import { isBlank } from '../format/clean.ts';
import { lines, pre, type Rich } from '../format/rich.ts';
import { loginTexts } from '../texts/login.ts';

/** What is shown of what a bot needs. */
export type Look = { as: 'picture'; png: Uint8Array; caption: Rich } | { as: 'text'; text: Rich };

/** UTF-16 units, so that it fits one message with what is said about it (Bot API: 4096). */
const mostText = 3000;
const mostLink = 2048;

/**
 * The address of a text that is one, and nothing else, as a browser would open it; null: it is none, or hides something. It
 * is shown as it stands: the reader sees where it leads.
 */
export const linkIn = (text: string): string | null => {
  const given = text.trim();
  const url = /[\s\p{C}]/u.test(given) ? null : URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  // `https://bank.example@evil.example/` reads as the first and leads to the second.
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?#]*@/i.test(given))
    return null;
  return url.href.length <= mostLink ? url.href : null;
};

/** Words of a bot, that nothing in Telegram makes something to press of. */
const inert = (text: string): Rich => {
  const shown = pre(text);
  if (isBlank(shown.text)) return loginTexts.nothing;
  const short = { ...shown, text: shortened(shown.text, mostText) };
  return short.text === shown.text ? shown : lines(short, loginTexts.cut);
};

const withWords = (need: BotNeeded, until: string, body: Rich): Look => ({
  as: 'text',
  text: lines(loginTexts.head(need), body, loginTexts.foot(need.kind, until)),
});

/** @param until when it will be taken away, in words */
export const lookOf = async (need: BotNeeded, until: string): Promise<Look> => {
  const { kind, text } = need;
  if (kind === 'code') return withWords(need, until, inert(text));
  if (kind === 'login') return withWords(need, until, linkIn(text) ?? inert(text));
  const png = await qrPicture(text);
  if (png === null) {
    const why = text === '' ? loginTexts.nothing : loginTexts.tooLong(text.length);
    return withWords(need, until, why);
  }
  const caption = lines(loginTexts.head(need), loginTexts.foot(kind, until));
  return { as: 'picture', png, caption };
};

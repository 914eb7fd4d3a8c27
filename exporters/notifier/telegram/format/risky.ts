/**
 * What Telegram makes something to press of: `@name`, `#tag`, `$TAG`, `/command`, `t.me/x`, `host.tld`, `a@b.c`, and
 * the same with the signs of other scripts. Those are written as numbers: the bundler leaves regular expressions as they
 * are, and V8 keeps a whole bundle in two bytes for each character where one of them needs it.
 */
const pressable = /[@#$/\\\uff20\uff03\uff04\uff0f]|\S[.\u3002\uff0e\uff61]\S|[a-z]+:\S/i;

const digits = /^\D*\d[\d()\-.+,]*\D*$/;

/** Digits of a telephone number, or of a bank card in groups. */
const isLong = (word: string): boolean => word.replace(/\D/g, '').length >= 7;

const isGroup = (word: string): boolean => digits.test(word) && /\d{2}/.test(word);

/** Whether a word must not be read by Telegram; `before` and `after` are the words around it. */
export const isRisky = (word: string, before: string, after: string): boolean => {
  if (pressable.test(word) || isLong(word)) return true;
  return isGroup(word) && (isGroup(before) || isGroup(after));
};

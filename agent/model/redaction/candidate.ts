/**
 * The end of a key that may name a secret, and what stands between it and the value: `=` alone or in spaces,
 * `:`, `=>`, `:=`, or (after a flag) just spaces.
 */
export const keyEnd =
  /(?:secret|token|passw(?:or)?d|passphrase|pwd|credential|private|key)[\w-]{0,64}(?<close>(?:[\\"'`]{1,4}\]?)?)(?<operator>=(?![=>])|[ \t]{1,4}=(?![=>])[ \t]{0,4}|[ \t]{0,2}(?::=|=>|:(?![:/=]))[ \t]{0,4}|[ \t]{1,8})/gi;

/** A key, and where its value would start. */
export interface Candidate {
  readonly key: string;
  /** The character before the key; empty at the start of the text. */
  readonly before: string;
  /** Quotes and a bracket after the key. */
  readonly close: string;
  /** Without the spaces around it; empty where there are only spaces. */
  readonly operator: string;
  readonly valueAt: number;
}

const maxKey = 64;

/** The letters of the key before the word that was found. */
const keyStart = (text: string, wordAt: number): number => {
  let at = wordAt;
  while (at > 0 && wordAt - at < maxKey && /[\w.-]/.test(text.charAt(at - 1))) at -= 1;
  return at;
};

/** `API key: …` is a key in two words; `secret --token …` is a word and a flag. */
const firstWord = /(?:api|secret|access|private|auth|encryption|signing) $/i;

const keyBetween = (text: string, start: number, end: number): string => {
  const key = text.slice(start, end);
  if (key.startsWith('-')) return key;
  const [first = ''] = firstWord.exec(text.slice(Math.max(0, start - 11), start)) ?? [];
  return first.trim() === '' ? key : `${first.trim()}_${key}`;
};

/** The key a match of `keyEnd` ends. */
export const candidateOf = (text: string, match: RegExpExecArray): Candidate => {
  const { close = '', operator = '' } = match.groups ?? {};
  const start = keyStart(text, match.index);
  const valueAt = match.index + match[0].length;
  return {
    close,
    operator: operator.trim(),
    valueAt,
    key: keyBetween(text, start, valueAt - operator.length - close.length),
    before: text.charAt(start - 1),
  };
};

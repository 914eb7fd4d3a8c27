import { matchAt, scan } from './scan.ts';
import { type Finder, mark, type Span } from './span.ts';

/** Also as a field of JSON, where quotes close the name and open the value. Ignoring case would cost double. */
const header =
  /(?:(?<name>[Aa]uthori[sz]ation|AUTHORI[SZ]ATION)|[Cc]ookie|COOKIE)[\\"'`]{0,4}[ \t]{0,2}(?::|=(?!=))[ \t]{0,4}[\\"'`]{0,4}/g;

/** Schemes of RFC 7235 and of vendors whose credentials are one word. */
const wordScheme =
  /(?:bearer|basic|token|apikey|api-key|bot|key|negotiate|ntlm)[ \t]{1,4}[^\s"'`]+/iy;

/** Schemes with a list of parameters: all of the line is theirs. */
const listScheme =
  /(?:digest|oauth|hawk|signature|mac|aws4-hmac-sha256|scram-[\w-]{1,16})[ \t][^\n]*/iy;

const word = /[^\s"'`]+/y;
const cookies = /[^\s"'`=]{1,256}=[^\n"'`]*/y;

/** `Authorization: required for this page` is prose. */
const prose = /[a-z]{1,14} [a-z]{1,14}\b/y;

const credentials = (text: string, at: number): string | null =>
  matchAt(wordScheme, text, at) ??
  matchAt(listScheme, text, at) ??
  (matchAt(prose, text, at) === null ? matchAt(word, text, at) : null);

const secretOf = (text: string, match: RegExpExecArray): Span | null => {
  const start = match.index + match[0].length;
  if (text.startsWith(mark, start)) return null;
  const isCookie = match.groups?.['name'] === undefined;
  const secret = isCookie ? matchAt(cookies, text, start) : credentials(text, start);
  return secret === null ? null : { start, end: start + secret.trimEnd().length };
};

/** The credentials in Authorization, Proxy-Authorization, Cookie and Set-Cookie headers. */
export const findHeaders: Finder = (text) => scan(header, text, (match) => secretOf(text, match));

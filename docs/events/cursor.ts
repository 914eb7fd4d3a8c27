import type { Token } from './tokens.ts';

/** Reads tokens from the first to the last. */
export interface Cursor {
  /** The next token, which stays the next. */
  peek(): Token;
  next(): Token;
  /** Takes the next token if it is this sign or word. */
  take(text: string): boolean;
  /** @throws Error with the place, where the next token is another */
  expect(text: string): Token;
  word(): Token;
  /** Skips to the closing sign that belongs to an opening one, which is the next token. */
  skipGroup(): void;
  fail(wanted: string): never;
  at(): string;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')', '<': '>' };

export const cursorOf = (tokens: readonly Token[], file: string): Cursor => {
  const end: Token = { kind: 'end', text: '', doc: '', line: tokens.at(-1)?.line ?? 1 };
  let index = 0;

  const peek = (): Token => tokens[index] ?? end;
  const next = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const at = (): string => `${file}:${peek().line}`;
  const fail = (wanted: string): never => {
    const { kind, text } = peek();
    throw new Error(`${at()}: expected ${wanted}, found ${kind === 'end' ? 'the end' : text}`);
  };
  const is = ({ kind, text }: Token, wanted: string): boolean =>
    kind !== 'quoted' && kind !== 'end' && text === wanted;
  const expect = (text: string): Token => (is(peek(), text) ? next() : fail(text));

  const skipGroup = (): void => {
    const close = closing[peek().text] ?? fail('an opening bracket');
    next();
    while (!is(peek(), close)) {
      if (peek().kind === 'end') fail(close);
      if (peek().kind === 'sign' && Object.hasOwn(closing, peek().text)) skipGroup();
      else next();
    }
    next();
  };

  return {
    peek,
    next,
    at,
    fail,
    expect,
    skipGroup,
    word: () => (peek().kind === 'word' ? next() : fail('a name')),
    take: (text) => is(peek(), text) && next() !== undefined,
  };
};

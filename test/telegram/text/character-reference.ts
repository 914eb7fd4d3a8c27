/** The only named references Telegram knows. */
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** As long as the real parser accepts one, without its semicolon. */
const maxLength = 9;
const lastCodePoint = 0x10fffe;

export interface Reference {
  character: string;
  /** How much of the source it takes. */
  length: number;
}

const character = (digits: string, name: string): string | undefined => {
  if (name !== '') return Object.hasOwn(named, name) ? named[name] : undefined;
  const code = digits.startsWith('x')
    ? Number.parseInt(digits.slice(1), 16)
    : Number.parseInt(digits, 10);
  return code > 0 && code <= lastCodePoint ? String.fromCodePoint(code) : undefined;
};

/** What the `&` at `start` stands for; undefined where it is only an ampersand. The semicolon may be missing. */
export const readReference = (source: string, start: number): Reference | undefined => {
  const match = /^&(?:#(x[0-9a-fA-F]*|[0-9]*)|([a-zA-Z]*))/.exec(source.slice(start, start + 64));
  if (match === null) return undefined;
  const [whole, digits = '', name = ''] = match;
  if (digits !== '' && whole.length > maxLength) return undefined;
  const found = character(digits, name);
  if (found === undefined) return undefined;
  const semicolon = source[start + whole.length] === ';' ? 1 : 0;
  return { character: found, length: whole.length + semicolon };
};

/** One word, number, quoted text or sign of a TypeScript source. */
export interface Token {
  kind: 'word' | 'number' | 'quoted' | 'sign' | 'end';
  /** Of a quoted text: what stands between the quotes. */
  text: string;
  /** The doc comment just before it, as one line; empty where there is none. */
  doc: string;
  line: number;
}

/** Doc comment, other comment, quoted text, word, number, space; anything else is a sign. */
const pattern =
  /\/\*\*(?<doc>[\s\S]*?)\*\/|\/\*[\s\S]*?\*\/|\/\/.*|'(?<quoted>(?:[^'\\\n]|\\.)*)'|(?<word>[A-Za-z_$][\w$]*)|(?<number>\d+)|\s+|(?<sign>.)/g;

const kinds = ['quoted', 'word', 'number', 'sign'] as const;

const oneLine = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');

/** Splits a source into tokens; the last is an `end`. */
export const tokensOf = (source: string): Token[] => {
  const tokens: Token[] = [];
  let doc = '';
  let line = 1;
  for (const match of source.matchAll(pattern)) {
    const groups = match.groups ?? {};
    const kind = kinds.find((name) => groups[name] !== undefined);
    if (groups['doc'] !== undefined) doc = oneLine(groups['doc']);
    if (kind !== undefined) {
      tokens.push({ kind, text: groups[kind] ?? '', doc, line });
      doc = '';
    }
    line += match[0].split('\n').length - 1;
  }
  return [...tokens, { kind: 'end', text: '', doc: '', line }];
};

/** What a document refers to, taken from its text. */
export interface Markdown {
  /** Targets of links, in their order. */
  links: string[];
  /** The anchor of each heading, as GitHub makes it. */
  anchors: string[];
  /** Text between backticks. */
  spans: string[];
  /** Fenced blocks with the language they name. */
  blocks: { language: string; text: string }[];
}

const fence = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;
const span = /`([^`\n]+)`/g;
const link = /\[[^\]]*\]\(([^)\s]+)\)/g;
const heading = /^#{1,6} (.*)$/gm;

const groups = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

export const readMarkdown = (text: string): Markdown => {
  const prose = text.replace(fence, '');
  return {
    links: groups(prose.replace(span, ''), link),
    anchors: groups(prose, heading).map(anchorOf),
    spans: groups(prose, span),
    blocks: [...text.matchAll(fence)].map(([, language = '', body = '']) => ({
      language,
      text: body,
    })),
  };
};

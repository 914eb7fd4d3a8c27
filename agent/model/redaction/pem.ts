import type { Finder, Span } from './span.ts';

const border = /-----(?<side>BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Several times the largest key in use (RSA 16384: 13 KB). */
const maxBlock = 32_768;

const run = /[A-Za-z0-9+/=]{32}/;

/** Whatever line numbers or frames a program puts around it. */
const isKeyLine = (line: string): boolean =>
  run.test(line) || /^[A-Za-z0-9+/=]+$/.test(line.replace(/[\s|\u2502]+/g, ''));

/** How far a key reaches back from the border that ends it; `lines[0]` is the rest of the border's own line. */
const reach = (lines: readonly string[]): number => {
  const first = lines.findIndex((line, index) => index > 0 && !isKeyLine(line));
  return lines.slice(0, first === -1 ? lines.length : first).join('\n').length;
};

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

/** Where the lines of a key end that go on from the line at `at`. */
const runEnd = (text: string, at: number): number => {
  let end = lineEnd(text, at);
  while (end < text.length) {
    const next = lineEnd(text, end + 1);
    if (!isKeyLine(text.slice(end + 1, next))) break;
    end = next;
  }
  return end;
};

/**
 * The same for places that are asked for one after the other. A border may itself look like a line of a key: without this
 * each of a screen full of them would read all that follow.
 */
const createRuns = (text: string) => {
  let [from, to] = [0, -1];
  return (at: number): number => {
    if (at < from || at > to) [from, to] = [at, runEnd(text, at)];
    return to;
  };
};

interface Border extends Span {
  readonly opens: boolean;
}

const bordersIn = (text: string): Border[] =>
  Array.from(text.matchAll(border), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    opens: match.groups?.['side'] === 'BEGIN',
  }));

/** A key whose end is cut off the screen. */
const forward = ({ start, end }: Border, runEndOf: (at: number) => number): Span => ({
  start,
  end: Math.min(runEndOf(end), end + maxBlock),
});

/** A key whose start is. */
const backward = (text: string, { start, end }: Border, floor: number): Span => {
  const before = text.slice(Math.max(floor, start - maxBlock), start);
  return { start: start - reach(before.split('\n').reverse()), end };
};

/** Blocks of private keys, also with one of their borders missing. */
export const findPrivateKeys: Finder = (text) => {
  const runEndOf = createRuns(text);
  const spans: Span[] = [];
  let opening: Border | null = null;
  for (const found of bordersIn(text)) {
    const isWhole: boolean = !found.opens && opening !== null && found.end - opening.end < maxBlock;
    if (opening !== null) {
      spans.push(isWhole ? { start: opening.start, end: found.end } : forward(opening, runEndOf));
    }
    if (!found.opens && !isWhole) spans.push(backward(text, found, spans.at(-1)?.end ?? 0));
    opening = found.opens ? found : null;
  }
  return opening === null ? spans : [...spans, forward(opening, runEndOf)];
};

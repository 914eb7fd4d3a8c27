/** Where an output is another than the page says. */
export interface Difference {
  /** The line of the page that has no match, or null where the output goes on after its last line. */
  expected: string | null;
  /** The line of the output that stands there, or null where the output ends. */
  actual: string | null;
}

const any = '…';

/** How columns are aligned depends on what is in them: one space is as good as many. */
const plain = (line: string): string => line.replace(/\s+/g, ' ').trim();

/** Without the empty lines at both ends. */
const trimmed = (lines: readonly string[]): string[] => {
  const all = lines.map(plain);
  const first = all.findIndex((line) => line !== '');
  return first === -1 ? [] : all.slice(first, all.findLastIndex((line) => line !== '') + 1);
};

/** `…` at the end of a line also stands for nothing at all, without the space before it. */
const patternOf = (line: string): RegExp => {
  const text = line.split(any).map(RegExp.escape).join('.*');
  return new RegExp(`^${text.replace(/\\x20\.\*$/, '(?: .*)?')}$`, 'u');
};

/** The first line that differs; null: the output is what the page says. */
export const differenceOf = (expected: readonly string[], output: string): Difference | null => {
  const actual = trimmed(output.split('\n'));
  // Where in the output the lines so far may end: `…` leaves many possibilities.
  let ends = [0];
  for (const line of trimmed(expected)) {
    if (line === any) {
      const from = ends[0] ?? 0;
      ends = Array.from({ length: actual.length - from + 1 }, (_, i) => from + i);
    } else {
      const pattern = patternOf(line);
      const at = actual[ends[0] ?? 0] ?? null;
      ends = ends
        .filter((i) => i < actual.length && pattern.test(actual[i] ?? ''))
        .map((i) => i + 1);
      if (ends.length === 0) return { expected: line, actual: at };
    }
  }
  if (ends.includes(actual.length)) return null;
  return { expected: null, actual: actual[ends.at(-1) ?? 0] ?? null };
};

import type { Readable } from 'node:stream';

/** In characters; the rest of a longer line is not read. */
const longestLine = 16 * 1024;

/** Calls `onLine` for each line of `input`, the last one without its end as well; of one too long, with null. Resolves at its end. */
export const readInput = async (
  input: Readable,
  onLine: (line: string | null) => void,
): Promise<void> => {
  let rest = '';
  let skipping = false;
  const take = (line: string): void => {
    if (!skipping) onLine(line.length > longestLine ? null : line);
    skipping = false;
  };
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length <= longestLine) continue;
    if (!skipping) onLine(null);
    [rest, skipping] = ['', true];
  }
  if (rest !== '') take(rest);
};

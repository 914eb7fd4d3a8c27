import { truncate, widthOf } from './width.ts';

/** Breaks `text` at blanks into lines of at most `columns`; a longer word is cut. */
export const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = truncate(word, columns);
    }
  }
  return line === '' ? lines : [...lines, line];
};

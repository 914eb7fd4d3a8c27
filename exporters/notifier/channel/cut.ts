/** Bytes that JSON and UTF-8 make of a text, without the quotes around it. */
export const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The beginning of `text` that `fits`, with `mark` behind it where something is missing. Nothing is cut in the middle
 * of what people see as one character. `fits` must be true of every beginning of what it is true of.
 */
export const cut = (text: string, fits: (text: string) => boolean, mark: string): string => {
  if (fits(text)) return text;
  // A character of a thousand marks is not worth keeping whole: no more of the text than could fit is looked at.
  const ends = [0, ...[...segments.segment(text.slice(0, 16_384))].map(({ index }) => index)];
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle]) + mark)) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, ends[low]) + mark;
};

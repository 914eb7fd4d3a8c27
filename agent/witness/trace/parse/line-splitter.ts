import type { Bytes } from './bytes.ts';

/**
 * Cuts a stream into lines, without their newlines. Of a line longer than `maxBytes` only so much is kept
 * and handed on.
 */
export const createLineSplitter = (maxBytes: number, onLine: (line: Bytes) => void) => {
  let begun = '';

  const extend = (bytes: Bytes): void => {
    if (begun.length < maxBytes) begun += bytes.slice(0, maxBytes - begun.length);
  };

  return (chunk: Buffer): void => {
    const bytes = chunk.toString('latin1');
    let from = 0;
    for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', from)) {
      extend(bytes.slice(from, end));
      const line = begun;
      begun = '';
      from = end + 1;
      onLine(line);
    }
    extend(bytes.slice(from));
  };
};

/** What `value` takes in the log: bytes of JSON in UTF-8. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** A UTF-16 unit takes at most this much: `\u0000`. */
const maxUnitBytes = 6;

/** The longest beginning of `text` that takes at most `max` bytes of JSON, quotes not counted, in whole characters. */
export const cutToJson = (text: string, max: number): string => {
  if (text.length * maxUnitBytes <= max) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += jsonBytes(character) - 2;
    if (bytes > max) break;
    end += character.length;
  }
  return text.slice(0, end);
};

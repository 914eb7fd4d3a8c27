const encoder = new TextEncoder();

/** The longest beginning of `text` that takes at most `maxBytes` in UTF-8, whole code points only. */
export const cutBytes = (text: string, maxBytes: number): string =>
  text.slice(0, encoder.encodeInto(text, new Uint8Array(maxBytes)).read);

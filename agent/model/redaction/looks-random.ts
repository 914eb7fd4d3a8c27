/** Longer than words of prose are. */
const longWord = 20;

/**
 * Whether a word is more likely made by a machine than by a writer: it has a digit, a capital inside or a sign of
 * base64, or it is too long for a word.
 */
export const looksRandom = (word: string): boolean =>
  /\d/.test(word) ||
  /[a-z][A-Z]|[A-Z]{2}.*[a-z]|[+=]/.test(word) ||
  (word.length >= longWord && !/[-./]/.test(word));

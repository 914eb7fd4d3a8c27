/** UTF-16 units. A session's name of 200 characters shows in full, of two units each at most. */
export const maxLabelLength = 400;

/** FNV-1a, 32 bits: tells two long names apart that begin alike. Not a secret, not a key. */
const fingerprint = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
};

const cut = (text: string): string =>
  `${text.slice(0, maxLabelLength - 9).toWellFormed()}~${fingerprint(text)}`;

/**
 * Text from outside as a label value: bounded, and valid UTF-8 once encoded (a lone surrogate would
 * become U+FFFD on the wire, where two names could meet). The registry escapes what needs escaping.
 */
export const labelValue = (text: string): string =>
  text.length > maxLabelLength ? cut(text) : text.toWellFormed();

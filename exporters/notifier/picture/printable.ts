/**
 * What may stand in a captured screen and has a meaning there, in the first group: SGR, of at most so many
 * characters. All else that a control begins: strings (OSC 8 links, DCS), other control sequences, other escapes,
 * and controls alone but for tab, line feed, and the two that change between text and line drawing (SO, SI).
 */
const control =
  /(\x1b\[[0-9;:]{0,256}m)|\x1b[\]PX^_][^\x07\n\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b\[[\x20-\x3f]*[\x40-\x7e]?|\x1b[\x20-\x2f]*[\x30-\x7e]?|[\x00-\x08\x0b-\x0d\x10-\x1f\x7f-\x9f]/g;

/** Changes the direction of text, or is no character, or is one without width that only hides. */
const invisible = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** More marks on one character than any script writes. */
const stack = /([\p{M}\u200c\u200d]{4})[\p{M}\u200c\u200d]+/gu;

/**
 * The text with only what the screen is made of: characters, colours, lines. A terminal that is given this cannot
 * be made to do or answer anything, and neither can what comes after it.
 */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replace(control, (_, sgr: string | undefined) => sgr ?? '')
    .replace(invisible, (found) => (found === '\ufffd' ? found : ''))
    .replace(stack, '$1');

/**
 * What tmux prints between SO and SI: the graphics of a VT100, as they stand in terminfo(5) under "Line Graphics".
 */
const lineGraphics: Readonly<Record<string, string>> = {
  ...{ j: '┘', k: '┐', l: '┌', m: '└', n: '┼', q: '─', t: '├', u: '┤', v: '┴', w: '┬', x: '│' },
  ...{ a: '▒', '`': '◆', f: '°', g: '±', '~': '·', o: '⎺', p: '⎻', r: '⎼', s: '⎽', '0': '█' },
  ...{ y: '≤', z: '≥', '{': 'π', '|': '≠', '}': '£', '+': '→', ',': '←', '-': '↑', '.': '↓' },
  ...{ h: '▒', i: '␋' },
};

const shiftOut = '\x0e';

const asGraphics = (text: string): string =>
  // An escape sequence keeps its letters.
  text.replace(/(\x1b\[[0-9;:]*m)|([ -~])/g, (all, sgr?: string, letter?: string) =>
    sgr === undefined ? (lineGraphics[letter ?? ''] ?? all) : sgr,
  );

/**
 * Everything that does something to a terminal (ECMA-48 5.4, 5.6): strings up to their end, or up to that of the line;
 * control sequences; short escapes; a lone ESC. Colours are told apart by the caller.
 */
const sequences =
  /\x1b[PX^_\]][^\x1b\x07\n\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?|\x9b[0-?]*[ -/]*[@-~]?|[\x90\x98\x9d-\x9f][^\x1b\x07\n\x9c]*(?:\x07|\x1b\\|\x9c)?/g;

/**
 * A screen as `capture-pane` gives it without `-e`: it has no such sequence, and one that comes all the same is of somebody who
 * is no tmux. Pure, total, linear.
 */
export const plainScreen = (captured: string): string => captured.replace(sequences, '');

/** SGR with nothing but parameters; 64 are more than tmux writes for one cell. */
const colours = /^\x1b\[[0-9;:]{0,200}m$/;

/** Controls that are left, and characters that turn the order of others; line feeds stay. */
const acting =
  /[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A screen as `capture-pane -e` gives it, with nothing in it but characters, line feeds and SGR escapes. What draws
 * lines becomes the characters of Unicode. Pure, total, linear.
 */
export const screenText = (captured: string): string => {
  const coloured = captured
    .toWellFormed()
    .replace(sequences, (sequence) => (colours.test(sequence) ? sequence : ''));
  const [plain = '', ...shifted] = coloured.split(shiftOut);
  const drawn = shifted.map((part) => {
    const end = part.indexOf('\x0f');
    return end === -1 ? asGraphics(part) : asGraphics(part.slice(0, end)) + part.slice(end + 1);
  });
  return [plain, ...drawn].join('').replace(acting, '');
};

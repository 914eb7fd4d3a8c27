const cStyle: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

const octal = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/** What tmux does not print: controls, line and paragraph separators, code points without a meaning. */
const unprintable = /[\\\p{Cc}\p{Zl}\p{Zp}\p{Cn}]/gu;

/** What would be a variable in a double-quoted text of tmux's. */
const variable = /\$(?=[A-Za-z_{])/g;

/**
 * The name tmux gives a session that is asked for as `name`: `.` and `:` become `_`, a backslash is doubled,
 * control characters become C escapes or octal bytes, `$` before a word gets a backslash (session_check_name
 * and utf8_strvis of tmux 3.3a and 3.4; 3.5 leaves `$` alone, the rest holds up to 3.6). Which rare code points
 * count as unprintable depends on tmux and its C library, so a running session is known by its user option
 * `@holdfast` and never by this name alone.
 */
export const tmuxName = (name: string): string =>
  name
    .replace(/[.:]/g, '_')
    .replace(unprintable, (character) => cStyle[character] ?? octal(character))
    .replace(variable, '\\$$');

/**
 * `text` as an argument that tmux expands as a format (`new-session -s`, `rename-session`), so that it comes
 * out unchanged: otherwise a session named `#(reboot)` would run it. tmux keeps `##[` as it stands, and a `#`
 * at the very end makes 3.3a read past the string.
 */
export const formatLiteral = (text: string): string => text.replace(/#+(?![#[])/g, '$&$&');

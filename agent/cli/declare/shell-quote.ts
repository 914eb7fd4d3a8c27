/** Words a POSIX shell reads as itself when they stand first (Shell Command Language, 2.4), and bash's own. */
const reserved = new Set(
  'case coproc do done elif else esac fi for function if in select then time until while'.split(
    ' ',
  ),
);

const plain = /^[A-Za-z0-9_@+:,./-]+$/;

const quoteWord = (word: string): string =>
  plain.test(word) && !reserved.has(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * The shell command line that runs `words`. One word is a command line already, as with tmux and ssh;
 * of several the shell passes each on as it stands.
 */
export const shellCommand = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] ?? '') : words.map(quoteWord).join(' ');

/** Words a POSIX shell reads as itself when they stand first (Shell Command Language, 2.4), and bash's own. */
const reserved = new Set(
  'case coproc do done elif else esac fi for function if in select then time until while'.split(
    ' ',
  ),
);

const plain = /^[A-Za-z0-9_@+:,./-]+$/;

/** `word` as a POSIX shell must read it to get it back; also for commands a person is told to type. */
export const shellWord = (word: string): string =>
  plain.test(word) && !reserved.has(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** More words than this no command has that takes something away. */
const maxWords = 40;

/** `\033`, `\n`, or any other character as it is (vis(3), as tmux uses it). */
const escaping = /\\([0-7]{3}|[\s\S])/g;

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const unescaped = (text: string): string =>
  text.replace(escaping, (_, what: string) =>
    what.length === 3 ? String.fromCharCode(Number.parseInt(what, 8)) : (named[what] ?? what),
  );

/** One word: in double quotes, in single ones, or bare with single characters escaped. */
const word = /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|((?:[^\s"'\\]|\\[\s\S])+)/g;

/** A command as tmux prints it (args_escape of its arguments.c), taken apart into its words. */
export const tmuxWords = (command: string): string[] =>
  [...command.matchAll(word)]
    .slice(0, maxWords)
    .map(([, double, single, bare]) => single ?? unescaped(double ?? bare ?? ''));

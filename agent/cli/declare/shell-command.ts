import { shellWord } from '../../model/text/shell-word.ts';

/**
 * The shell command line that runs `words`. One word is a command line already, as with tmux and ssh;
 * of several the shell passes each on as it stands.
 */
export const shellCommand = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] ?? '') : words.map(shellWord).join(' ');

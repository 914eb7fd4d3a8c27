import { type Check, found } from '../check.ts';

/** Shells people are given (shells(5)); a login shell's name begins with a dash. */
const shells =
  /^-?(?:.*\/)?(?:sh|ash|bash|dash|zsh|fish|ksh|ksh93|mksh|csh|tcsh|nu|elvish|xonsh|pwsh)$/;

/** With a script, or a command of its own, it is the program. */
const isInteractive = (command: string): boolean => {
  const [program = '', ...words] = command.trim().split(/\s+/);
  return shells.test(program) && words.every((word) => /^-(?!c$)/.test(word));
};

/** Who is in the foreground of the first pane's terminal. */
export const shell: Check<true> = ({ sample }) => {
  if (sample.foreground === null) return null;
  return isInteractive(sample.foreground)
    ? found('failed', 'a shell waits where its program should be')
    : found('ok', 'its program is in the foreground');
};

/** What a program is called: a login shell begins with a hyphen, and some say more behind a colon (setproctitle). */
const calledName = (argument: string): string =>
  /[^/]*$/.exec(argument.replace(/^-/, '').replace(/:.*$/s, ''))?.[0] ?? '';

/** Longest that is kept, characters. */
const most = 200;

/**
 * The file that was executed, where the arguments tell of another: a process chooses its own name, as `exec -a` does. Null
 * where they agree. Of a script the kernel hands its file to the interpreter as an argument. One that was open already
 * (fexecve(3)) is `/dev/fd/N`: which file that was, nobody says.
 */
export const otherFile = (file: string | null, argv: readonly string[]): string | null => {
  if (file === null) return null;
  const agrees = calledName(argv[0] ?? '') === calledName(file) || argv.slice(1, 4).includes(file);
  return agrees ? null : Buffer.from((file || '/dev/fd/').slice(0, most)).toString();
};

import type { Actor } from './events/incident.ts';

/** A process as it is named: `comm` is what it calls itself, `cmdline` its arguments with blanks between. */
export type NamedProcess = Pick<Actor, 'comm' | 'cmdline'>;

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The kernel keeps 15 bytes of a name (TASK_COMM_LEN of proc(5), with its NUL). */
const commBytes = 15;

/** The script that a `#!` line has run by another program: its name is the comm, its path an argument. */
export const scriptOf = ({ comm, cmdline }: NamedProcess): string | null => {
  const [, ...args] = (cmdline ?? '').split(' ').slice(0, 4).map(lastPart);
  const named = args.find((arg) => Buffer.from(arg).subarray(0, commBytes).toString() === comm);
  return comm === '' ? null : (named ?? null);
};

/** The program, and what it was given to run: options say little in so little room. */
export const shortCommand = (command: string): string => {
  const [program = '', ...words] = command.split(' ');
  const given = words.find((word) => word !== '' && !word.startsWith('-'));
  return given === undefined ? lastPart(program) : `${lastPart(program)} ${lastPart(given)}`;
};

/** `sh -c …`, `cleanup.sh`, `node server.js`. Of others; empty where the process has no name. */
export const programName = (named: NamedProcess): string => {
  const { comm, cmdline } = named;
  const [program = '', second] = (cmdline ?? '').split(' ');
  const name =
    scriptOf(named) ??
    (second === '-c' ? `${lastPart(program)} -c …` : shortCommand(cmdline ?? ''));
  return name === '' ? comm : name;
};

/** With all it was told: `pkill -f mux`; of a script its name. Of others; empty where the process has no name. */
export const commandName = (named: NamedProcess): string => {
  const [program = '', ...args] = (named.cmdline ?? '').split(' ');
  const text = scriptOf(named) ?? [lastPart(program), ...args].join(' ');
  return text.trim() === '' ? named.comm : text;
};

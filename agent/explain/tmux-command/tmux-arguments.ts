/** One command of tmux as it was given: its name and its arguments. */
export interface TmuxCommand {
  name: string;
  args: string[];
}

/** What a client of tmux was started with. */
export interface TmuxArguments {
  /** `-S`, or `-L`: where its server listens; null: the usual place. */
  socket: { path: string } | { name: string } | null;
  /** `-C`: it has no terminal, and a program talks to it. */
  control: boolean;
  commands: TmuxCommand[];
}

const isSeparator = (word: string): boolean => word === ';' || word === '\\;';

const commandsIn = (words: readonly string[]): TmuxCommand[] => {
  const commands: TmuxCommand[] = [];
  let current: TmuxCommand | null = null;
  for (const word of words) {
    if (isSeparator(word)) current = null;
    else if (current) current.args.push(word);
    else {
      current = { name: word, args: [] };
      commands.push(current);
    }
  }
  return commands;
};

/**
 * Reads a command line as tmux(1) does: options, then commands separated by `;`. Its first word may be anything: a
 * program is known by what the kernel says of it and not by what it is called.
 */
export const readTmuxArguments = (cmdline: string): TmuxArguments => {
  const words = cmdline.split(/\s+/).filter((word) => word !== '');
  let socket: TmuxArguments['socket'] = null;
  let control = false;
  let at = 1;
  for (; words[at]?.startsWith('-') && words[at] !== '--'; at += 1) {
    const [, flags = '', letter = '', rest = ''] =
      /^-([28CDlNquUvV]*)([cfLST]?)(.*)$/.exec(words[at] ?? '') ?? [];
    control ||= flags.includes('C');
    if (letter === '') continue;
    if (rest === '') at += 1;
    const value = rest === '' ? (words[at] ?? '') : rest;
    if (letter === 'S') socket = { path: value };
    if (letter === 'L') socket = { name: value };
  }
  return { socket, control, commands: commandsIn(words.slice(at)) };
};

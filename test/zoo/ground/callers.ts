import { spawn as spawnOnTerminal } from '@lydell/node-pty';
import { attachControl } from '../../e2e/control-client.ts';
import type { Killer } from '../way.ts';
import type { Ground } from './ground.ts';
import { noted, readPid, strike } from './killer.ts';
import { program } from './programs.ts';
import { typeInto } from './typing.ts';

/** Somebody who can give tmux a command. */
export interface Caller {
  name: string;
  /** Completes "a command". */
  about: string;
  /** Lets tmux do `command`; who is the client that asked. */
  call(ground: Ground, command: readonly string[]): Promise<Killer>;
}

const tmuxArgv = ({ socket }: Ground, command: readonly string[]): string[] => [
  ...[program('tmux'), '-S', socket],
  ...command,
];

const fromScript: Caller = {
  name: 'script',
  about: 'of a script outside',
  call: (ground, command) => strike(ground, tmuxArgv(ground, command)),
};

const fromTerminal: Caller = {
  name: 'terminal',
  about: 'from a terminal outside',
  call: async (ground, command) => {
    const argv = tmuxArgv(ground, command);
    const { pidFile, argv: full } = noted(ground, argv);
    const [file = '', ...args] = full;
    const terminal = spawnOnTerminal(file, args, { env: { ...process.env, TMUX: '' } });
    await new Promise<void>((resolve) => void terminal.onExit(() => resolve()));
    return { pid: await readPid(pidFile), cmdline: argv };
  },
};

const fromNeighbour: Caller = {
  name: 'neighbour',
  about: "typed into another session's shell",
  call: async (ground, command) => {
    const { session } = await ground.victim();
    return typeInto(ground, session, tmuxArgv(ground, command));
  },
};

/** Typed into the session that the command is about. */
export const fromWithin = (ground: Ground, session: string, command: readonly string[]) =>
  typeInto(ground, session, tmuxArgv(ground, command));

/** One that shows no terminal, reads commands and stays. */
const fromControlClient: Caller = {
  name: 'control',
  about: 'of a client in control mode',
  call: async (ground, command) => {
    const { session } = await ground.victim(['sleep', '100000']);
    const untilItLeaves = { teardown: () => undefined };
    const { argv, pid, tell, leave } = await attachControl(untilItLeaves, ground.socket, session);
    tell(command.join(' '));
    await leave();
    return { pid, cmdline: argv };
  },
};

export const callers: readonly Caller[] = [
  fromScript,
  fromTerminal,
  fromNeighbour,
  fromControlClient,
];

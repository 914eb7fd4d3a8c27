import type { Rig } from '../../e2e/rig.ts';
import { eventually } from '../../e2e/sampled.ts';
import { tmuxOn } from '../../e2e/tmux.ts';
import { createFiles, type Files } from './files.ts';
import { commOf } from './process.ts';

export type ServerKind = 'managed' | 'adopted';

export interface Victim {
  session: string;
  /** Of the pane's leader. */
  pid: number;
}

/** The witness beside agent and link of one home, which is started again when it ends by itself, as a service is. */
export interface Witness {
  /** Resolves when it listens. */
  ready(): Promise<void>;
  /** Starts another one, after the first has ended. */
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
  /** For good, with what it made in the kernel. */
  close(): Promise<void>;
}

/** Where one way is run: a tmux server, and names and files of its own. */
export interface Ground {
  readonly kind: ServerKind;
  readonly rig: Rig;
  readonly socket: string;
  readonly witness: Witness | null;
  readonly files: Files;
  /** Unlike any other, and fit for a process, a session or a server. */
  name(): string;
  tmux(...args: string[]): Promise<string>;
  serverPid(): Promise<number>;
  /** A session whose program is `argv`, once it is supervised; without one an interactive shell that prompts. */
  victim(argv?: readonly string[]): Promise<Victim>;
  /** The same with a program that does nothing, once that runs under a name nobody else has. */
  sleeper(): Promise<Victim & { program: string }>;
}

export interface Place {
  kind: ServerKind;
  rig: Rig;
  socket: string;
  /** Who asks the kernel; null: nobody does. */
  witness: Witness | null;
  /** Agent and link stay there until this is settled, though the next way may begin. */
  keepUntil(settled: Promise<unknown>): void;
}

/** tmux takes a single argument for a line of a shell, and several for a program and its arguments. */
const whole = (argv: readonly string[]): string[] =>
  argv.length === 1 ? ['env', ...argv] : [...argv];

export const createGround = (place: Place, name: () => string): Ground => {
  const { kind, rig, socket, witness } = place;
  const files = createFiles(rig.home, name);
  const tmux = (...args: string[]): Promise<string> => tmuxOn(socket, ...args);
  /** What is typed before it may be thrown away. */
  const untilPrompt = (session: string): Promise<true> =>
    eventually(`a prompt in ${session}`, async () => {
      const screen = await tmux('capture-pane', '-p', '-t', `${session}:`);
      return screen.trim() !== '' || undefined;
    });
  const ground: Ground = {
    ...{ kind, rig, socket, witness, files, name, tmux },
    serverPid: async () => Number(await tmux('display-message', '-p', '#{pid}')),
    victim: async (argv = []) => {
      const session = name();
      const print = ['-P', '-F', '#{pane_pid}'];
      const pid = Number(await tmux('new-session', '-d', '-s', session, ...print, ...whole(argv)));
      await rig.up(session);
      if (argv.length === 0) await untilPrompt(session);
      return { session, pid };
    },
    sleeper: async () => {
      const path = files.copy('sleep');
      const program = path.slice(path.lastIndexOf('/') + 1);
      const victim = await ground.victim([path, '100000']);
      await eventually(program, () => commOf(victim.pid) === program || undefined);
      return { ...victim, program };
    },
  };
  return ground;
};

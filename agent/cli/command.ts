import type { Paths } from '../paths.ts';
import type { Terminal } from './frame/terminal.ts';

/** One option of one command: a node:util parseArgs option with words for people. */
export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  help: string;
  /** What stands for the value in help, e.g. `DIR`. */
  value?: string;
  completes?: Completes;
}

export type Options = Readonly<Record<string, Option>>;

/** What bash completion offers for a value. */
export type Completes =
  | 'sessions'
  | 'sessions and units'
  | 'files'
  | 'directories'
  | 'levels'
  | 'commands'
  | 'shells'
  | 'alert deeds'
  | 'connections'
  | 'channels';

type Value<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? string[]
    : string | undefined;

/** What was typed for `options`: absent booleans are false, absent lists empty. */
export type Values<O extends Options> = { [K in keyof O]: Value<O[K]> };

export interface Invocation<O extends Options = Options> {
  values: Values<O>;
  /** What is neither an option nor the value of one. */
  positionals: string[];
}

/** What every command is given. */
export interface Context {
  paths: Paths;
  /** The home directory, or null in the system layout. */
  home: string | null;
  env: NodeJS.ProcessEnv;
  json: boolean;
  stdout: Terminal;
  stderr: Terminal;
  /** ms since the epoch. */
  now(): number;
  /** The table itself, for help and completion. */
  commands: readonly Command[];
}

export type Group = 'Look' | 'Act' | 'Alerts' | 'Set up' | 'Other';

/** One sub-command. Help, completion and docs/CLI.md are derived from these. */
export interface Command {
  name: string;
  group: Group;
  summary: string;
  /** What follows the name, without the options every command has. */
  usage: string;
  /** Least and greatest number of positionals. */
  arity: readonly [number, number];
  /** More than the summary, for `--help` and the docs. */
  details?: string;
  examples: readonly string[];
  options: Options;
  completes?: Completes;
  /** The fields of `--json`. */
  json: string;
  /** Resolves with the exit code; throws a Failure to end with one line on stderr. */
  run(context: Context, invocation: Invocation): Promise<number>;
}

/** Checks that `run` takes exactly what `options` give. */
export const command = <const O extends Options>(
  definition: Omit<Command, 'options' | 'run'> & {
    options: O;
    run(context: Context, invocation: Invocation<O>): Promise<number>;
  },
): Command => ({
  ...definition,
  run: (context, invocation) => definition.run(context, invocation as Invocation<O>),
});

export const globalOptions = {
  home: {
    type: 'string',
    value: 'DIR',
    completes: 'directories',
    help: 'everything below DIR (default: $HOLDFAST_HOME, the running service, else ~/.holdfast)',
  },
  json: { type: 'boolean', help: 'print JSON with documented fields' },
  help: { type: 'boolean', short: 'h', help: 'say what the command does, with an example' },
} as const satisfies Options;

import { parseArgs } from 'node:util';
import { Failure } from '../../model/failure.ts';
import { type Command, globalOptions, type Invocation, type Options } from '../command.ts';
import { didYouMean } from './suggest.ts';

export const usageFailure = (message: string): Failure => new Failure('usage', message);

const globalsWithValue = new Set(
  Object.entries(globalOptions)
    .filter(([, option]) => option.type === 'string')
    .map(([name]) => `--${name}`),
);

/** The command's name may stand after global options: `holdfast --home D status`. */
export const splitCommand = (argv: readonly string[]): { name: string | null; rest: string[] } => {
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (globalsWithValue.has(word)) i += 1;
    else if (!word.startsWith('-'))
      return { name: word, rest: [...argv.slice(0, i), ...argv.slice(i + 1)] };
  }
  return { name: null, rest: [...argv] };
};

/** @throws Failure `usage` */
export const findCommand = (commands: readonly Command[], name: string): Command => {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name);
  throw usageFailure(`unknown command "${name}"${didYouMean(name, names)}; see: holdfast help`);
};

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

const checkOption = (token: OptionToken, options: Options, command: string): void => {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) {
    const known = Object.keys(options).map((name) => `--${name}`);
    const hint = didYouMean(token.rawName, known);
    throw usageFailure(
      `unknown option ${token.rawName}${hint}; see: holdfast ${command} --help`.replace('  ', ' '),
    );
  }
  if (option.type === 'boolean') {
    if (token.value !== undefined) throw usageFailure(`${token.rawName} takes no value`);
  } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))) {
    throw usageFailure(`${token.rawName} needs a value: ${token.rawName} ${option.value ?? '…'}`);
  }
};

const checkArity = ({ name, usage, arity }: Command, count: number): void => {
  const [least, most] = arity;
  if (count >= least && count <= most) return;
  const what = count < least ? 'something is missing' : 'too many arguments';
  throw usageFailure(`${what}; usage: holdfast ${`${name} ${usage}`.trim()}`);
};

const absentValue = (option: { type: string; multiple?: boolean }): unknown =>
  option.type === 'boolean' ? false : option.multiple ? [] : undefined;

/** Reads what follows the command's name. @throws Failure `usage`, one line, with the word most likely meant */
export const parseInvocation = (
  command: Command,
  args: string[],
): Invocation<Options & typeof globalOptions> => {
  const options: Options = { ...globalOptions, ...command.options };
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short === undefined ? {} : { short }) },
    ]),
  );
  // Not strict: its messages run over several lines and name no likely word.
  const { values, positionals, tokens } = parseArgs({
    args,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token, options, command.name);
  }
  const asksHelp = values['help'] === true;
  if (!asksHelp) checkArity(command, positionals.length);
  const complete = Object.entries(options).map(([name, option]) => [
    name,
    values[name] ?? absentValue(option),
  ]);
  return { values: Object.fromEntries(complete), positionals };
};

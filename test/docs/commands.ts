import type { Command } from '../../agent/cli/command.ts';
import { globalOptions } from '../../agent/cli/command.ts';

/** A call of `holdfast` that a document shows. */
export interface Call {
  command: string;
  options: string[];
}

const endsCall = new Set(['--', '|', '||', '&&', ';', '>']);

/** Brackets of a usage line, commas and full stops of the sentence around it. */
const bare = (word: string): string => word.replace(/^[[(]+|[\])…,.:;]+$/g, '');

const callAt = (words: readonly string[], index: number): Call => {
  const rest = words.slice(index + 1);
  const end = rest.findIndex((word) => endsCall.has(word));
  const own = (end === -1 ? rest : rest.slice(0, end)).map(bare);
  return { command: own[0] ?? '', options: own.filter((word) => word.startsWith('-')) };
};

/** Every call in one line of a shell, or in one span of code; without a sub-command it is no call. */
export const callsIn = (line: string): Call[] => {
  const words = line.replace(/(^|\s)#.*$/, '').split(/\s+/);
  return words
    .flatMap((word, i) => (/^(bin\/)?holdfast$/.test(bare(word)) ? [callAt(words, i)] : []))
    .filter(({ command }) => /^[a-z]/.test(command));
};

/** `make` and its target, where one is named. */
export const targetsIn = (line: string): string[] =>
  [...line.replace(/(^|\s)#.*$/, '').matchAll(/(?:^|\s)make ([a-z]+)/g)].map(
    (match) => match[1] ?? '',
  );

/** What is wrong with a call; null: nothing. */
export const wrongIn = (
  { command: name, options }: Call,
  commands: readonly Command[],
): string | null => {
  const command = commands.find((known) => known.name === name);
  if (!command) return `there is no command ${name}`;
  const known = Object.entries({ ...globalOptions, ...command.options }).flatMap(
    ([option, spec]) => [`--${option}`, ...('short' in spec ? [`-${spec.short}`] : [])],
  );
  const unknown = options.find((option) => !known.includes(option.split('=')[0] ?? ''));
  return unknown === undefined ? null : `${name} has no option ${unknown}`;
};

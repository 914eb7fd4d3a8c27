import { type Command, globalOptions, type Options } from '../../agent/cli/command.ts';
import { exitMeanings } from '../../agent/cli/frame/exit.ts';
import { optionUsage } from '../../agent/cli/frame/help.ts';
import type { PackageFile } from './package-file.ts';
import { plainMode } from './package-file.ts';

/** What stands in the heading of each page. */
export interface Edition {
  version: string;
  /** YYYY-MM-DD */
  date: string;
}

/** Text as roff(7) sets it unchanged: no escapes, no requests, hyphens that can be copied. */
export const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replace(/^([.'])/gm, '\\&$1');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const tagged = (rows: readonly (readonly [string, string])[]): string[] =>
  rows.flatMap(([tag, text]) => ['.TP', `.B ${roff(tag)}`, roff(text)]);

const optionRows = (options: Options): [string, string][] =>
  Object.entries(options).map(([name, option]) => [optionUsage(name, option), option.help]);

const heading = (name: string, summary: string, { version, date }: Edition): string[] => [
  `.TH ${name.toUpperCase().replaceAll('-', '\\-')} 1 "${date}" "holdfast ${roff(version)}" "Holdfast"`,
  '.SH NAME',
  `${roff(name)} \\- ${roff(summary)}`,
];

const exitStatus = [
  '.SH EXIT STATUS',
  ...tagged(
    Object.entries(exitMeanings).map(([code, text]) => [code, text.replaceAll('`', '')] as const),
  ),
];

const examplesOf = (examples: readonly string[]): string[] => [
  '.SH EXAMPLES',
  '.nf',
  ...examples.map((example) => roff(example)),
  '.fi',
];

const commandPage = (command: Command, edition: Edition): string[] => {
  const { name, summary, usage, details, options, examples, json } = command;
  return [
    ...heading(`holdfast-${name}`, summary, edition),
    '.SH SYNOPSIS',
    `.B holdfast ${roff(name)}`,
    ...(usage === '' ? [] : [roff(usage)]),
    '.SH DESCRIPTION',
    roff(sentence(summary)),
    ...(details === undefined ? [] : ['.PP', roff(details.replaceAll('`', ''))]),
    '.SH OPTIONS',
    ...tagged(optionRows({ ...options, ...globalOptions })),
    ...examplesOf(examples),
    '.SH JSON',
    roff(`With --json: ${json.replaceAll('`', '')}.`),
    ...exitStatus,
    '.SH SEE ALSO',
    '.BR holdfast (1)',
  ];
};

const overviewPage = (commands: readonly Command[], edition: Edition): string[] => [
  ...heading('holdfast', 'keep tmux sessions and bots alive and say what ended one', edition),
  '.SH SYNOPSIS',
  '.B holdfast',
  '.I COMMAND',
  '[OPTIONS]',
  '.SH DESCRIPTION',
  roff('Holdfast keeps tmux sessions and bots alive and says what killed one that died.'),
  '.SH COMMANDS',
  ...tagged(commands.map(({ name, summary }) => [name, summary] as const)),
  '.SH OPTIONS',
  'Every command has these.',
  ...tagged(optionRows(globalOptions)),
  ...exitStatus,
  '.SH FILES',
  ...tagged([
    ['/etc/holdfast/holdfast.yaml, /etc/holdfast/sessions.d/', 'What is declared.'],
    ['/etc/holdfast/tmux.conf', 'What managed tmux servers read when they start.'],
    ['/var/lib/holdfast', 'State and the log of events.'],
    ['/var/log/holdfast', 'One line for each event, and a log for each session.'],
  ]),
  '.SH SEE ALSO',
  ...commands.map(
    ({ name }, i) => `.BR ${roff(`holdfast-${name}`)} (1)${i < commands.length - 1 ? ',' : ''}`,
  ),
];

const page = (name: string, lines: readonly string[]): PackageFile => ({
  path: `/usr/share/man/man1/${name}.1.gz`,
  mode: plainMode,
  content: { packed: `${lines.join('\n')}\n` },
});

/** A page for the program and one for each of its commands. */
export const manPages = (commands: readonly Command[], edition: Edition): PackageFile[] => [
  page('holdfast', overviewPage(commands, edition)),
  ...commands.map((command) => page(`holdfast-${command.name}`, commandPage(command, edition))),
];

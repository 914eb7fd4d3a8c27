import type { Command, Group, Option, Options } from '../command.ts';
import { globalOptions } from '../command.ts';
import { pad, widthOf } from '../view/width.ts';
import { wrap } from '../view/wrap.ts';

const width = 78;
const groups: readonly Group[] = ['Look', 'Act', 'Alerts', 'Set up', 'Other'];

const titleOf: Readonly<Record<Group, string>> = {
  Look: 'Look at what is and was',
  Act: 'Act on a session',
  Alerts: 'Be told, and answer',
  'Set up': 'Set up and run',
  Other: 'Other',
};

/** `-f, --follow`, `--since TIME` */
export const optionUsage = (name: string, { short, value }: Option): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

const twoColumns = (rows: readonly (readonly [string, string])[]): string[] => {
  const first = Math.max(...rows.map(([left]) => widthOf(left)));
  return rows.flatMap(([left, right]) =>
    wrap(right, width - first - 4).map(
      (line, i) => `  ${pad(i === 0 ? left : '', first)}  ${line}`,
    ),
  );
};

const optionRows = (options: Options): [string, string][] =>
  Object.entries(options).map(([name, option]) => [optionUsage(name, option), option.help]);

/** What `holdfast help` prints. */
export const overviewHelp = (commands: readonly Command[]): string[] => [
  'holdfast keeps tmux sessions and bots alive and says what killed one that died.',
  '',
  'usage: holdfast COMMAND [OPTIONS]',
  ...groups.flatMap((group) => {
    const members = commands.filter((command) => command.group === group);
    return ['', titleOf[group], ...twoColumns(members.map(({ name, summary }) => [name, summary]))];
  }),
  '',
  'Options of every command',
  ...twoColumns(optionRows(globalOptions)),
  '',
  'Start with: holdfast up. More: holdfast COMMAND --help',
];

/** Broken between options, never inside one: a blank in brackets counts as a letter. */
const usageLines = (name: string, usage: string): string[] => {
  const parts = usage.replace(/\[[^\]]*\]/g, (part) => part.replaceAll(' ', '\u00a0'));
  const first = `usage: holdfast ${name}`;
  const lines = wrap(parts, width - first.length - 1).map((line) => line.replaceAll('\u00a0', ' '));
  return [
    `${first} ${lines[0] ?? ''}`.trim(),
    ...lines.slice(1).map((line) => ' '.repeat(first.length + 1) + line),
  ];
};

/** What `holdfast COMMAND --help` prints. */
export const commandHelp = ({
  name,
  summary,
  usage,
  details,
  options,
  examples,
}: Command): string[] => [
  ...wrap(`holdfast ${name}: ${summary}`, width),
  '',
  ...usageLines(name, usage),
  ...(details === undefined ? [] : ['', ...wrap(details, width)]),
  '',
  'Options',
  ...twoColumns(optionRows({ ...options, ...globalOptions })),
  '',
  examples.length === 1 ? 'Example' : 'Examples',
  ...examples.map((example) => `  ${example}`),
];

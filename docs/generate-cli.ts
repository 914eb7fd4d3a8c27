import { type Command, globalOptions, type Options } from '../agent/cli/command.ts';
import { commands } from '../agent/cli/commands.ts';
import { exitMeanings } from '../agent/cli/frame/exit.ts';
import { optionUsage } from '../agent/cli/frame/help.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/CLI.md from the table of commands; with --check it only says whether the file is current. */

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const optionTable = (options: Options): string[] => [
  '| option | |',
  '|---|---|',
  ...Object.entries(options).map(
    ([name, option]) => `| \`${optionUsage(name, option)}\` | ${escapeCell(option.help)} |`,
  ),
];

const section = (command: Command): string[] => {
  const { name, summary, usage, details, options, examples, json } = command;
  return [
    `## ${name}`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${details === undefined ? '' : ` ${details}`}`,
    '',
    '```sh',
    `holdfast ${`${name} ${usage}`.trim()}`,
    '```',
    '',
    ...(Object.keys(options).length > 0 ? [...optionTable(options), ''] : []),
    examples.length === 1 ? 'Example:' : 'Examples:',
    '',
    '```sh',
    ...examples,
    '```',
    '',
    `\`--json\`: ${json}.`,
    '',
  ];
};

const text = [
  '# The command line',
  '',
  '<!-- Written by docs/generate-cli.ts from agent/cli/commands.ts: change it there. -->',
  '',
  '`holdfast COMMAND [OPTIONS]`. `holdfast help` lists the commands, `holdfast COMMAND --help` explains one.',
  '',
  'Options of every command:',
  '',
  ...optionTable(globalOptions),
  '',
  'With `--json` every command prints one object with `"schema": 1` on one line; `events` prints one event per line,',
  'as they are in the log, and `up` one object per line. Fields are only added within a schema. Times are milliseconds',
  'since the epoch, sizes bytes, `cpu` a fraction of one processor. An error is one line on stderr, with `--json`',
  '`{"schema":1,"error":{"code","message"}}`.',
  '',
  'Colours are for terminals only, and never used when `NO_COLOR` is set. Text that came from a session, its name',
  'included, is printed without control characters and escape sequences.',
  '',
  'When the agent is not running, `status`, `sessions` and `incidents` show what it last wrote to `state.json`, say how',
  'old that is, and exit with 69.',
  '',
  '| exit code | |',
  '|---|---|',
  ...Object.entries(exitMeanings).map(([code, meaning]) => `| ${code} | ${meaning} |`),
  '',
  'Completion for bash: `source <(holdfast completion bash)`.',
  '',
  ...commands.flatMap(section),
].join('\n');

keepCurrent(import.meta.filename, { 'docs/CLI.md': text });

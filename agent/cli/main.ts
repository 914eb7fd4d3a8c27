import { codeOf, messageOf } from '../model/failure.ts';
import { printable } from '../model/text/printable.ts';
import type { Command, Context } from './command.ts';
import { commands } from './commands.ts';
import { exitCode, exitCodeFor } from './frame/exit.ts';
import { commandHelp, overviewHelp } from './frame/help.ts';
import { findCommand, parseInvocation, splitCommand } from './frame/parse.ts';
import { findPlace } from './frame/place.ts';
import { printJson } from './frame/print-json.ts';
import { type Terminal, terminalOf } from './frame/terminal.ts';

const { env } = process;
const argv = process.argv.slice(2);
const stdout = terminalOf(process.stdout, env);
const stderr = terminalOf(process.stderr, env);

const printLines = (terminal: Terminal, lines: readonly string[]): number => {
  for (const line of lines) terminal.line(line);
  return exitCode.ok;
};

const runCommand = async (command: Command, args: string[]): Promise<number> => {
  const invocation = parseInvocation(command, args);
  const { home: homeOption, json, help } = invocation.values;
  if (help && !json) return printLines(stdout, commandHelp(command));
  const { paths, home } = findPlace(homeOption, env, command.name === 'up');
  const context: Context = { paths, home, env, json, stdout, stderr, now: Date.now, commands };
  if (!help) return command.run(context, invocation);
  const { help: explain } = await import('./command/help.ts');
  return explain(context, command.name);
};

const main = async (): Promise<number> => {
  const { name, rest } = splitCommand(argv);
  if (name !== null) return runCommand(findCommand(commands, name), rest);
  if (rest.includes('--version')) return runCommand(findCommand(commands, 'version'), []);
  return printLines(stdout, overviewHelp(commands));
};

const report = (error: unknown): number => {
  const message = messageOf(error);
  const code = exitCodeFor(error);
  if (code === exitCode.software && env['HOLDFAST_DEBUG']) console.error(error);
  if (argv.includes('--json')) {
    printJson(stderr, { error: { code: codeOf(error) ?? 'internal', message } });
  } else {
    const [first = '', ...more] = message.split('\n').map(printable);
    stderr.line(`${stderr.paint('red', 'holdfast:')} ${first}`);
    printLines(stderr, more);
  }
  return code;
};

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCode.ok : exitCode.failed);
});

process.exitCode = await main().catch(report);

import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { commandHelp, overviewHelp } from '../frame/help.ts';
import { findCommand } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';

export const help = async (context: Context, name: string | undefined): Promise<number> => {
  const { commands } = context;
  const shown = name === undefined ? commands : [findCommand(commands, name)];
  if (context.json) {
    const documented = shown.map(({ run: _, arity: __, ...fields }) => fields);
    printJson(context.stdout, { commands: documented });
    return exitCode.ok;
  }
  const [only] = shown;
  const lines = name !== undefined && only ? commandHelp(only) : overviewHelp(commands);
  for (const line of lines) context.stdout.line(line);
  return exitCode.ok;
};

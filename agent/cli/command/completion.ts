import type { Context } from '../command.ts';
import { bashCompletion } from '../frame/bash-completion.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';

export const completion = async (context: Context, shell: string): Promise<number> => {
  if (shell !== 'bash') throw usageFailure(`no completion for "${shell}": only bash is known`);
  const script = bashCompletion(context.commands);
  if (context.json) printJson(context.stdout, { shell, script });
  else context.stdout.write(script);
  return exitCode.ok;
};

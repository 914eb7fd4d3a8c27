import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

/** Shows the levels of the log, or sets one: of all, or of one session. */
export const logLevel = async (
  context: Context,
  level: string | undefined,
  session: string | undefined,
): Promise<number> => {
  const levels = await withAgent(context, (client) =>
    client.call('log.level', {
      ...(level === undefined ? {} : { level }),
      ...(session === undefined ? {} : { session }),
    }),
  );
  const { stdout } = context;
  if (context.json) printJson(stdout, levels);
  else {
    stdout.line(printable(levels.level));
    for (const [name, own] of Object.entries(levels.sessions)) {
      stdout.line(`${printable(name)}  ${printable(own)}`);
    }
  }
  return exitCode.ok;
};

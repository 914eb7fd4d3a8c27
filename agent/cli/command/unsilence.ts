import { silencedText } from '../alerts/silence-table.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

/** Ends a silence, named by its id or by the session it is about. */
export const unsilence = async (context: Context, subject: string): Promise<number> => {
  const ended = await withAgent(context, (client) =>
    client.call('alert.unsilence', { silence: subject }),
  );
  const { stdout } = context;
  if (context.json) printJson(stdout, ended);
  else stdout.line(`${silencedText(ended)}  no longer silenced`);
  return exitCode.ok;
};

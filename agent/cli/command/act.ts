import { printable } from '../../model/text/printable.ts';
import type { ActionResult } from '../../protocol/agent.ts';
import type { Client } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';

const outcomeStyles = { done: 'green', failed: 'red', lost: 'yellow' } as const;

/** Prints how an action on a session ended. @returns the exit code: 0 only for `done` */
export const printResult = (context: Context, session: string, result: ActionResult): number => {
  const { stdout } = context;
  if (context.json) printJson(stdout, { session, ...result });
  else {
    const outcome = stdout.paint(outcomeStyles[result.outcome], result.outcome);
    const message = result.message === '' ? '' : `: ${printable(result.message)}`;
    stdout.line(`${printable(session)}  ${outcome}${message}`);
  }
  return result.outcome === 'done' ? exitCode.ok : exitCode.failed;
};

/** Asks the agent for one action on a session and prints how it ended. */
export const act = (
  context: Context,
  session: string,
  call: (client: Client) => Promise<ActionResult>,
): Promise<number> =>
  withAgent(context, async (client) => printResult(context, session, await call(client)));

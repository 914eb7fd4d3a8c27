import { existsSync } from 'node:fs';
import { Failure } from '../../model/failure.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { checkSessionName } from '../declare/declaration.ts';
import { declaredFile, removeDeclaration } from '../declare/declared-file.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readConfig } from '../frame/read-config.ts';

const notOurs = async (context: Context, session: string): Promise<Failure> => {
  const { config } = await readConfig(context.paths);
  const message = Object.hasOwn(config.sessions, session)
    ? `${session} was not declared by "holdfast run": remove it from the configuration by hand`
    : `${session} is not declared`;
  return new Failure('session-not-declared', message);
};

/** Undoes `run`. Stopped while still declared, so that the agent knows it was meant. */
export const forget = async (context: Context, name: string, stop: boolean): Promise<number> => {
  const session = checkSessionName(name);
  const file = declaredFile(context, session);
  if (!existsSync(file)) throw await notOurs(context, session);
  return withAgent(context, async (client) => {
    if (stop) await client.call('session.stop', { session });
    removeDeclaration(file);
    await client.call('config.reload', {});
    const { stdout } = context;
    if (context.json) printJson(stdout, { session, file, stopped: stop });
    else {
      const rest = stop ? 'and ended' : 'it is not started again; if it runs, it runs on';
      stdout.line(`${printable(session)}  no longer declared, ${rest}`);
    }
    return exitCode.ok;
  });
};

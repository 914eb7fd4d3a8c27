import type { Config } from '../../model/config/config.ts';
import type { Event } from '../../model/event.ts';
import { ConfigFailure, Failure, messageOf } from '../../model/failure.ts';
import { printable } from '../../model/text/printable.ts';
import { shellWord } from '../../model/text/shell-word.ts';
import type { Client } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { checkSessionName, declarationOf } from '../declare/declaration.ts';
import { removeDeclaration, writeDeclaration } from '../declare/declared-file.ts';
import { withAgent } from '../frame/agent.ts';
import { watchEvents } from '../frame/await-event.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readConfig } from '../frame/read-config.ts';

export interface RunValues {
  cwd: string | undefined;
  env: string[];
  server: string | undefined;
}

/** A session that takes longer to appear has a problem, ms. */
const upWithinMs = 10_000;

type Outcome = { life: string } | { trouble: string };

const outcomeFor =
  (session: string) =>
  (event: Event): Outcome | undefined => {
    if (event.type === 'supervision.started' && event.data.session === session) {
      return { life: event.data.life };
    }
    const suspended = event.type === 'decision.made' && event.data.decision === 'suspend';
    return suspended && event.data.target.session === session
      ? { trouble: event.data.reason }
      : undefined;
  };

const reload = async (client: Client, file: string): Promise<void> => {
  try {
    await client.call('config.reload', {});
  } catch (cause) {
    removeDeclaration(file);
    const why = messageOf(cause);
    throw new ConfigFailure('config-refused', `not declared: the agent refused it: ${why}`, {
      cause,
    });
  }
};

const start = async (client: Client, session: string, file: string): Promise<string> => {
  const watch = await watchEvents(client, ['supervision.started', 'decision.made']);
  await reload(client, file);
  const outcome = await watch.first(outcomeFor(session), upWithinMs);
  if (outcome && 'life' in outcome) return outcome.life;
  const why = outcome
    ? `it ended each time (${outcome.trouble})`
    : `not up after ${upWithinMs / 1000} s`;
  const look = `look: holdfast events --session ${shellWord(session)}`;
  throw new Failure('not-up', `${session} is declared, but ${why}; ${look}`);
};

const refuseDeclared = ({ sessions }: Config, session: string): void => {
  if (!Object.hasOwn(sessions, session)) return;
  throw new Failure('session-exists', `${session} is declared already: choose another name`);
};

/** Declares a session in a file of its own and waits until it is up. */
export const run = (
  context: Context,
  name: string,
  words: readonly string[],
  values: RunValues,
): Promise<number> => {
  const session = checkSessionName(name);
  const declaration = declarationOf(words, values, process.cwd());
  return withAgent(context, async (client) => {
    const { config } = await readConfig(context.paths);
    refuseDeclared(config, session);
    const file = writeDeclaration(context, session, declaration);
    const life = await start(client, session, file);
    const { stdout } = context;
    if (context.json) printJson(stdout, { session, file, life });
    else {
      stdout.line(
        `${printable(session)}  ${stdout.paint('green', 'up')}, declared in ${printable(file)}`,
      );
    }
    return exitCode.ok;
  });
};

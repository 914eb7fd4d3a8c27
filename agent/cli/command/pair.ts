import { Failure } from '../../model/failure.ts';
import { printable } from '../../model/text/printable.ts';
import type { Client } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { watchEvents } from '../frame/await-event.ts';
import { type ExitCode, exitCode } from '../frame/exit.ts';
import { withNotifier } from '../frame/notifier.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import { peopleTable } from '../pair/people-table.ts';
import { showCode } from '../pair/show-code.ts';

export interface PairValues {
  list: boolean;
  remove: string | undefined;
}

const list = async ({ stdout, json, now }: Context, client: Client): Promise<ExitCode> => {
  const { people } = await client.call('pairing.list', {});
  if (json) printJson(stdout, { people });
  else if (people.length === 0) stdout.line('nobody is paired: holdfast pair');
  else for (const line of peopleTable(people, now(), stdout)) stdout.line(line);
  return exitCode.ok;
};

const remove = async (
  { stdout, json }: Context,
  client: Client,
  user: string,
): Promise<ExitCode> => {
  const { removed } = await client.call('pairing.remove', { user });
  if (json) printJson(stdout, { removed });
  else stdout.line(`${printable(removed.name)} (${printable(removed.user)})  no longer paired`);
  return exitCode.ok;
};

/** The code is good for one: with him the wait is over. */
const begin = async ({ stdout, json, now }: Context, client: Client): Promise<ExitCode> => {
  // The clock does not tell it from a code that is over: a timer may run out a moment early, and clocks are set.
  let isGone = false;
  void client.closed.then(() => {
    isGone = true;
  });
  // Before there is a code: nobody who sends it is missed.
  const watch = await watchEvents(client, ['remote.paired']);
  const code = await client.call('pairing.begin', {});
  if (json) printJson(stdout, code);
  else await showCode(code, now(), stdout);
  if (json || !stdout.isTerminal) return exitCode.ok;
  stdout.line(stdout.paint('dim', 'waiting for it; Ctrl-C ends the wait, not the code'));
  const person = await watch.first(
    (event) => (event.type === 'remote.paired' ? event.data.remote : undefined),
    code.expiresAt - now(),
  );
  if (person === null) {
    throw isGone
      ? new Failure('connection-closed', 'the agent went away; look: holdfast pair --list')
      : new Failure('pairing-expired', 'nobody sent it in time; a new one: holdfast pair');
  }
  const who = `${printable(person.name)} (${printable(person.user)})`;
  stdout.line(`${who}  paired: is told of alerts, and may act on this machine`);
  return exitCode.ok;
};

/** Makes somebody an owner from afar, says who is one, or ends that. */
export const pair = async (context: Context, values: PairValues): Promise<number> => {
  const { list: listing, remove: user } = values;
  if (listing && user !== undefined) throw usageFailure('either --list or --remove, not both');
  return withNotifier(context, (client) => {
    if (listing) return list(context, client);
    return user === undefined ? begin(context, client) : remove(context, client, user);
  });
};

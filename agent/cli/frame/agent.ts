import { codeOf, Failure } from '../../model/failure.ts';
import { shellWord } from '../../model/text/shell-word.ts';
import { type Client, connect } from '../../protocol/client.ts';
import type { Context } from '../command.ts';

const startWith = ({ home }: Context): string =>
  home === null ? 'systemctl start holdfast-agent' : `holdfast up --home ${shellWord(home)}`;

const explained = (context: Context, failure: Failure): Failure => {
  const { agentSocket } = context.paths;
  const message =
    codeOf(failure.cause) === 'EACCES'
      ? `you may not talk to the agent on ${agentSocket}: permission denied`
      : `the agent is not running (no answer on ${agentSocket}); start it with: ${startWith(context)}`;
  return new Failure('agent-unreachable', message, { retryable: true, cause: failure });
};

/** @throws Failure `agent-unreachable`, one line that says how to start it */
export const connectAgent = async (context: Context): Promise<Client> => {
  try {
    return await connect(context.paths.agentSocket);
  } catch (error) {
    throw error instanceof Failure ? explained(context, error) : error;
  }
};

/** Calls `use` with a connection that is closed afterwards. */
export const withAgent = async <T>(
  context: Context,
  use: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = await connectAgent(context);
  try {
    return await use(client);
  } finally {
    client.close();
  }
};

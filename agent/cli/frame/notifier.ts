import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { shellWord } from '../../model/text/shell-word.ts';
import type { Client } from '../../protocol/client.ts';
import type { Context } from '../command.ts';
import { withAgent } from './agent.ts';

/** What a person does to get a notifier, in this layout. */
const adviceFor = ({ paths }: Context): string => {
  if (paths.credentialsDir === null) {
    return 'start it with: systemctl start holdfast-notifier; what it said: journalctl -u holdfast-notifier';
  }
  const token = shellWord(join(paths.credentialsDir, 'telegram-token'));
  return `put the token of a bot into ${token}, or a webhook below \`alerts\` into ${shellWord(paths.config)}; then: holdfast reload`;
};

/**
 * Calls `use` with a connection to the agent, which passes on to the notifier what is meant for it.
 * @throws Failure `agent-unreachable`; `no-notifier`, one line that says how to get one
 */
export const withNotifier = async <T>(
  context: Context,
  use: (client: Client) => Promise<T>,
): Promise<T> => {
  try {
    return await withAgent(context, use);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'no-notifier') throw error;
    const message = `the notifier does not run: ${adviceFor(context)}`;
    throw new Failure('no-notifier', message, { retryable: true, cause: error });
  }
};

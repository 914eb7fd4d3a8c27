import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../../agent/model/failure.ts';
import { connect } from '../../../agent/protocol/client.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Say } from '../process-log.ts';

/** An agent that does not answer is asked again after so long, ms. */
const againMs = 500;

export interface Contact {
  /** The newest event: what came before a first start is told nobody. */
  head: number;
  /** The run of the agent that said so. */
  run: number;
  settings: AlertSettings;
}

const ask = async (socket: string): Promise<Contact> => {
  const client = await connect(socket);
  try {
    const { seq, agent } = await client.call('status', {});
    return { head: seq, run: agent.startedAt, settings: await client.call('alert.settings', {}) };
  } finally {
    client.close();
  }
};

/** Asks the agent until it answers. @throws AbortError */
export const firstContact = async (
  socket: string,
  signal: AbortSignal,
  say: Say,
): Promise<Contact> => {
  let said = false;
  for (;;) {
    try {
      return await ask(socket);
    } catch (cause) {
      if (!said) say('warn', 'the agent does not answer yet', { why: messageOf(cause) });
      said = true;
    }
    await delay(againMs, undefined, { signal });
  }
};

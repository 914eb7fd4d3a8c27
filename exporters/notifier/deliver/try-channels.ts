import { RequestFailure } from '../../../agent/model/failure.ts';
import type { TestResult } from '../../../agent/protocol/notifier.ts';
import type { Channel, Outcome } from '../channel.ts';
import { newAlert } from '../classify/open.ts';
import { cardOf } from '../present/card-of.ts';

const resultOf = (channel: string, outcome: Outcome, afterMs: number): TestResult => {
  if (outcome.kind === 'accepted') {
    return { channel, outcome: 'accepted', detail: outcome.detail, afterMs };
  }
  const told = outcome.kind === 'later' ? 'unreachable' : 'refused';
  return { channel, outcome: told, detail: `${outcome.code}: ${outcome.message}`, afterMs };
};

/** The agent, which passes the question on, waits 15 s for the answer. ms */
const limitMs = 12_000;

/**
 * Sends a test to each channel at once, past the outbox: the person waits for what comes back.
 * @throws RequestFailure `no-channel`
 */
export const tryChannels = (
  channels: readonly Channel[],
  only: string | undefined,
  host: string,
  now: () => number,
): Promise<TestResult[]> => {
  const meant = channels.filter(
    ({ name }) => only === undefined || name === only || name.startsWith(`${only}:`),
  );
  if (meant.length === 0 && only !== undefined) {
    const known = channels.map(({ name }) => name).join(', ') || 'there is none';
    throw new RequestFailure('no-channel', `no such channel; known: ${known}`);
  }
  const at = now();
  const alert = newAlert('test', String(at), { at, seq: at, trace: '' });
  const card = { ...cardOf({ ...alert, revision: 1 }, host), loud: true };
  return Promise.all(
    meant.map(async (channel) => {
      const outcome = await channel.deliver(card, null, AbortSignal.timeout(limitMs));
      return resultOf(channel.name, outcome, now() - at);
    }),
  );
};

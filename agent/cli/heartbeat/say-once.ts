import { createConnection } from 'node:net';
import { createAccount } from '../../heartbeat/account.ts';
import { lineOf } from '../../heartbeat/line.ts';
import { Failure, messageOf } from '../../model/failure.ts';
import type { Beat } from '../../protocol/heartbeat.ts';

/**
 * The agent looks up who speaks while we are there, and hangs up when it has read that we did: so long we stay, ms.
 * Nobody answers otherwise.
 */
const heardMs = 1000;

const deliver = (path: string, line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    const limit = setTimeout(() => socket.destroy(), heardMs);
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(limit);
      resolve();
    });
    socket.resume();
    socket.on('connect', () => socket.end(line));
  });

/**
 * Says one thing and ends. What it counts is added to what was said before of this bot.
 * @throws Failure `agent-unreachable` where nobody listens
 */
export const sayOnce = async (
  path: string,
  bot: string | undefined,
  say: (account: ReturnType<typeof createAccount>) => void,
): Promise<Beat> => {
  const account = createAccount(Date.now, bot);
  say(account);
  const { reconnects: _, ...said } = account.beat();
  const beat: Beat = { ...said, delta: true };
  try {
    await deliver(path, lineOf(beat));
  } catch (cause) {
    const message = `nobody listens for heartbeats on ${path} (${messageOf(cause)})`;
    throw new Failure('agent-unreachable', message, { retryable: true, cause });
  }
  return beat;
};

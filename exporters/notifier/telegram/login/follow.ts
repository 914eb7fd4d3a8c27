import { setTimeout as wait } from 'node:timers/promises';
import {
  type BotNeeded,
  type BotStanding,
  isSameBot,
} from '../../../../agent/model/bot/bot-needed.ts';
import type { Agent } from '../../agent/connection.ts';

export interface FollowPorts {
  agent: Agent;
  /** Shows what is needed now. @returns whether it is shown @throws where it never can be */
  show(need: BotNeeded): Promise<boolean>;
  /** It is needed no more. */
  hide(): Promise<void>;
  /** The time is over, or nobody may see it any more. */
  signal: AbortSignal;
  /** Between two looks, ms. */
  lookMs: number;
}

export type FollowEnd =
  | { kind: 'ready' }
  /** The time is over, and it needs somebody still. */
  | { kind: 'waits' }
  /** The time is over, it asks for nothing, and is not ready. */
  | { kind: 'asks-no-more'; state: BotStanding['state'] | 'gone' }
  /** The time is over, and nobody says how it is. */
  | { kind: 'not-known' };

const isSameNeed = (a: BotNeeded, b: BotNeeded): boolean => a.kind === b.kind && a.text === b.text;

interface Seen {
  need: BotNeeded | undefined;
  state: BotStanding['state'] | 'gone';
}

/** Lives of before may be among them: the bot that speaks counts. */
const stateIn = (bots: readonly BotStanding[]): Seen['state'] =>
  (bots.findLast(({ state }) => state !== 'lost') ?? bots.at(-1))?.state ?? 'gone';

/**
 * Shows what `first` needs, and whatever it needs next, until it is ready or the time is over.
 * @throws what `show` throws
 */
export const follow = async (first: BotNeeded, ports: FollowPorts): Promise<FollowEnd> => {
  const { agent, show, hide, signal, lookMs } = ports;
  const name = `${first.server}:${first.session}`;
  const over = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

  /** Null where the agent does not answer: what is shown may still be right. */
  const look = async (): Promise<Seen | null> => {
    const call = agent.call('bot.needs', { session: name }).catch(() => null);
    const answer = await Promise.race([call, over]);
    if (answer === null) return null;
    const bots = (answer.bots ?? []).filter((one) => isSameBot(one, first));
    return { need: answer.needs.find((one) => isSameBot(one, first)), state: stateIn(bots) };
  };

  let shown: BotNeeded | null = first;
  let seen: Seen | null = { need: first, state: 'needs-login' };
  while (!signal.aborted) {
    await wait(lookMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    seen = await look();
    if (seen === null) continue;
    if (seen.state === 'ready') return { kind: 'ready' };
    if (!seen.need) {
      if (shown !== null) await hide();
      shown = null;
    } else if (shown === null || !isSameNeed(shown, seen.need)) {
      // What did not get through is tried at the next look, as it is then.
      if (await show(seen.need)) shown = seen.need;
    }
  }
  if (seen === null) return { kind: 'not-known' };
  return seen.need ? { kind: 'waits' } : { kind: 'asks-no-more', state: seen.state };
};

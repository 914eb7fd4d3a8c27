import type { Card } from '../../card.ts';
import type { Channel, Outcome, Receipt } from '../../channel.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import { post } from '../api/post.ts';
import { cardRing } from './card-message.ts';
import { outcomeOf } from './outcome.ts';
import { readReceipt, receiptOf } from './receipt.ts';
import { tellCard } from './tell-card.ts';
import { createUnfinished } from './unfinished.ts';

export interface TelegramChannelOptions {
  /** Its name stays, whatever becomes of the chat: `telegram:CHAT`. */
  name: string;
  chat(): string;
  /** The chat became another one, as a group that grew does. */
  moved(to: string): void;
  api: TelegramApi;
  /** Whether screens may leave the machine. */
  screens: boolean;
}

/** One message a second in a chat, twenty a minute in a group (https://core.telegram.org/bots/faq). */
const paceMs = { private: 1050, group: 3100 };

/** A call may wait for others of its chat, which are not ours to end: nobody waits for it longer than `signal` lets. */
const untilGivenUp = async (
  signal: AbortSignal,
  work: () => Promise<Outcome>,
): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const giveUp = (): void => resolve(outcomeOf(new TelegramFailure('aborted', 'it was given up')));
  if (signal.aborted) {
    giveUp();
    return promise;
  }
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, work()]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
};

/** One chat in which alerts are told: one message each, changed in place. */
export const createTelegramChannel = (options: TelegramChannelOptions): Channel => {
  const { api, name, screens } = options;
  const unfinished = createUnfinished();

  const attempt = async (card: Card, receipt: Receipt | null, signal: AbortSignal) => {
    const { alert, loud } = card;
    const posting = { api, chat: options.chat(), signal };
    const { messages, wasThere } = await tellCard(posting, {
      ...{ card, screens, messages: unfinished.of(alert) ?? readReceipt(receipt, api.botId) },
      onSent: (sent) => unfinished.keep(alert, sent),
    });
    if (wasThere && receipt !== null && loud)
      await post(posting, cardRing(card), { replyTo: messages[0] ?? null });
    unfinished.forget(alert);
    return messages;
  };

  /** Into the chat that this one became, where it did. */
  const follow = async (card: Card, receipt: Receipt | null, signal: AbortSignal) => {
    try {
      return await attempt(card, receipt, signal);
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.movedTo === null) throw error;
      options.moved(error.movedTo);
      // Messages of the old chat are not in the new one.
      unfinished.forget(card.alert);
      return await attempt(card, null, signal);
    }
  };

  const deliver: Channel['deliver'] = async (card, receipt, signal) => {
    try {
      const messages = await follow(card, receipt, signal);
      const detail = `message ${messages[0]} to chat ${options.chat()}`;
      return { kind: 'accepted', receipt: receiptOf(messages, api.botId), detail };
    } catch (error) {
      if (error instanceof TelegramFailure) return outcomeOf(error);
      const message = api.scrub(String(error));
      // Ours to mend: it waits for that for as long as it is worth telling (deliver/stale.ts).
      return { kind: 'later', code: 'internal', message, waitMs: null, everything: false };
    }
  };

  return {
    name,
    audience: 'people',
    get paceMs() {
      return options.chat().startsWith('-') ? paceMs.group : paceMs.private;
    },
    deliver: (card, receipt, signal) => untilGivenUp(signal, () => deliver(card, receipt, signal)),
  };
};

import type { Card } from '../card.ts';
import type { Channel, Outcome, Receipt } from '../channel.ts';
import type { TelegramApi } from './api/api.ts';
import { TelegramFailure } from './api/failure.ts';
import { outcomeOf } from './api/outcome.ts';
import { cardButtons, cardMessage, cardRing } from './format/card.ts';
import { keyboard } from './format/keyboard.ts';
import type { Span } from './format/rich.ts';
import { split } from './format/split.ts';
import { discard, type Posting, post, repost } from './message.ts';

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

/** The messages of one alert, in order: `17`, or `17,18` where one had no room for it. */
const receiptForm = /^\d{1,16}(,\d{1,16}){0,9}$/;

const readReceipt = (receipt: Receipt | null): number[] =>
  receipt !== null && receiptForm.test(receipt) ? receipt.split(',').map(Number) : [];

const givenUp = (): TelegramFailure => new TelegramFailure('aborted', 'it was given up');

const mostUnfinished = 100;

/** One chat in which alerts are told: one message each, changed in place. */
export const createTelegramChannel = (options: TelegramChannelOptions): Channel => {
  const { api, name, screens } = options;
  /** Alerts of which a part was sent, and the next was not: what is there is not sent again. */
  const unfinished = new Map<string, number[]>();

  const keep = (alert: string, messages: number[]): void => {
    unfinished.delete(alert);
    unfinished.set(alert, messages);
    const [oldest] = unfinished.keys();
    if (unfinished.size > mostUnfinished && oldest !== undefined) unfinished.delete(oldest);
  };

  /** Changes what is there, sends what is missing. @returns whether the first one was there */
  const tell = async (
    card: Card,
    messages: number[],
    posting: Posting,
    ring: boolean,
  ): Promise<boolean> => {
    const parts: Span[][] = split(cardMessage(card, screens));
    const buttons = cardButtons(card, screens);
    const had = [...messages];
    let wasThere = had.length > 0;
    for (const [i, part] of parts.entries()) {
      const shape = i === parts.length - 1 ? { keyboard: keyboard(buttons) } : {};
      const there = had[i];
      if (there !== undefined && (await repost(posting, there, part, shape))) continue;
      if (i === 0) wasThere = false;
      messages[i] = await post(posting, part, {
        ...shape,
        silent: i > 0 || !ring,
        replyTo: i > 0 ? (messages[0] ?? null) : null,
      });
      keep(card.alert, messages);
    }
    for (const left of messages.splice(parts.length)) await discard(posting, left);
    return wasThere;
  };

  const attempt = async (card: Card, receipt: Receipt | null, signal: AbortSignal) => {
    const posting = { api, chat: options.chat(), signal };
    const messages = unfinished.get(card.alert) ?? readReceipt(receipt);
    const wasThere = await tell(card, messages, posting, card.loud);
    if (wasThere && receipt !== null && card.loud)
      await post(posting, cardRing(card), { replyTo: messages[0] ?? null });
    unfinished.delete(card.alert);
    return messages;
  };

  const follow = async (card: Card, receipt: Receipt | null, signal: AbortSignal) => {
    try {
      return await attempt(card, receipt, signal);
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.movedTo === null) throw error;
      options.moved(error.movedTo);
      // Messages of the old chat are not in the new one.
      unfinished.delete(card.alert);
      return await attempt(card, null, signal);
    }
  };

  const deliver = async (
    card: Card,
    receipt: Receipt | null,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    try {
      const messages = await follow(card, receipt, signal);
      const detail = `message ${messages[0]} to chat ${options.chat()}`;
      return { kind: 'accepted', receipt: messages.join(','), detail };
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
    deliver: async (card, receipt, signal) => {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const giveUp = (): void => resolve(outcomeOf(givenUp()));
      if (signal.aborted) return outcomeOf(givenUp());
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        // A call may wait for others of its chat, which are not ours to end.
        return await Promise.race([promise, deliver(card, receipt, signal)]);
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
};

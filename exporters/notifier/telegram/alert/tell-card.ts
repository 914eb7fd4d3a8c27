import type { Card } from '../../card.ts';
import { discard, type Posting, post, repost } from '../api/post.ts';
import { keyboard } from '../format/keyboard.ts';
import { split } from '../format/split.ts';
import { cardButtons, cardMessage } from './card-message.ts';

export interface Telling {
  card: Card;
  /** Whether screens may leave the machine. */
  screens: boolean;
  /** Ids of the messages that are there, in order. Changed to what is there afterwards, also where a part failed. */
  messages: number[];
  /** A message was sent. */
  onSent(): void;
}

/**
 * Changes what is there, sends what is missing, removes what is too much.
 * @returns whether the first message was there
 * @throws TelegramFailure
 */
export const tellCard = async (
  posting: Posting,
  { card, screens, messages, onSent }: Telling,
): Promise<boolean> => {
  const parts = split(cardMessage(card, screens));
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
      silent: i > 0 || !card.loud,
      replyTo: i > 0 ? (messages[0] ?? null) : null,
    });
    onSent();
  }
  for (const left of messages.splice(parts.length)) await discard(posting, left);
  return wasThere;
};

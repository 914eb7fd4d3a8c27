import type { Card } from '../../card.ts';
import { discard, type Posting, post, repost } from '../api/post.ts';
import { keyboard } from '../format/keyboard.ts';
import { split } from '../format/split.ts';
import { cardButtons, cardMessage } from './card-message.ts';

export interface Telling {
  card: Card;
  /** Whether screens may leave the machine. */
  screens: boolean;
  /** Ids of the messages that are there, in order. */
  messages: readonly number[];
  /** A message was sent; these are there now, whatever becomes of the next. */
  onSent(messages: number[]): void;
}

export interface Told {
  /** Ids of the messages that are there now, in order. */
  messages: number[];
  /** Whether the first one was there before. */
  wasThere: boolean;
}

/** Changes what is there, sends what is missing, removes what is too much. @throws TelegramFailure */
export const tellCard = async (
  posting: Posting,
  { card, screens, messages: had, onSent }: Telling,
): Promise<Told> => {
  const parts = split(cardMessage(card, screens));
  const buttons = cardButtons(card, screens);
  const messages = [...had];
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
    onSent([...messages]);
  }
  for (const left of messages.splice(parts.length)) await discard(posting, left);
  return { messages, wasThere };
};

import { fieldOf } from '../bounded.ts';
import type { PollAnswer } from '../polling.ts';

/** A Chat of whatsapp-web.js, as far as it is used here. */
export interface PolledChat<Message> {
  /** Of its last message, seconds since the epoch. */
  timestamp: number;
  fetchMessages(options: { limit?: number; fromMe?: boolean }): Promise<readonly Message[]>;
}

export interface ChatsPorts<Message> {
  getChats(): Promise<readonly PolledChat<Message>[]>;
  /** Counts what could not be had. */
  count(name: string): void;
}

/** Each is a call into the page. The others are asked by the polls that follow. */
const chatsAtOnce = 50;
/** Messages of a chat. Where that is not enough: so many more at once, which the page has to load. */
const limits = [50, 500];

/** When it was sent, or its last message was; NaN: it does not say. */
export const secondsOf = (value: unknown): number => {
  const seconds = fieldOf(value, 'timestamp');
  return typeof seconds === 'number' ? seconds : Number.NaN;
};

const isTheirs = (message: unknown): boolean =>
  fieldOf(message, 'fromMe') !== true && fieldOf(message, 'type') !== 'ciphertext';

/** What the chat is known by; one that does not say is asked each time. */
const keyOf = (chat: unknown): unknown => fieldOf(fieldOf(chat, 'id'), '_serialized') ?? chat;

/** Rejects when it is given up: what a frozen page was asked never settles. */
const whenAborted = (signal: AbortSignal): Promise<never> => {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  return aborted;
};

/** Fetches what was said in chats: those where something was, the latest first, by as many polls as that takes. */
export const createChatsPoll = <Message>({ getChats, count }: ChatsPorts<Message>) => {
  /** Those that were asked since the last answer that was complete, and how many of them answered. */
  let sweep = { asked: new Set<unknown>(), answered: 0 };

  const messagesOf = async (
    chat: PolledChat<Message>,
    since: number,
    aborted: Promise<never>,
  ): Promise<readonly Message[]> => {
    let messages: readonly Message[] = [];
    for (const limit of limits) {
      messages = await Promise.race([chat.fetchMessages({ limit, fromMe: false }), aborted]);
      const isAll = messages.length < limit;
      if (isAll || messages.some((one) => secondsOf(one) * 1000 < since)) return messages;
    }
    // To ask again from the same time on would bring the same.
    count('chats cut');
    return messages;
  };

  return async (since: number, signal: AbortSignal): Promise<PollAnswer<Message>> => {
    const aborted = whenAborted(signal);
    const chats = await Promise.race([getChats(), aborted]);
    const left = chats
      .filter((chat) => secondsOf(chat) * 1000 >= since && !sweep.asked.has(keyOf(chat)))
      .sort((a, b) => secondsOf(b) - secondsOf(a));
    const messages: Message[] = [];
    // One after another: the page has other things to do.
    for (const chat of left.slice(0, chatsAtOnce)) {
      // One that fails or hangs is not to keep the others from being asked.
      sweep.asked.add(keyOf(chat));
      try {
        const some = await messagesOf(chat, since, aborted);
        messages.push(...some.filter(isTheirs));
        sweep.answered += 1;
      } catch {
        count('chats failed');
      }
      if (signal.aborted) return { messages, complete: false };
    }
    if (left.length > chatsAtOnce) return { messages, complete: false };
    const { asked, answered } = sweep;
    sweep = { asked: new Set(), answered: 0 };
    if (asked.size > 0 && answered === 0) throw new Error('no chat could be read');
    return { messages, complete: true };
  };
};

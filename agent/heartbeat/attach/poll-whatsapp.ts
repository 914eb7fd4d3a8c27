import { fieldOf } from '../bounded.ts';
import type { Heartbeat } from '../contract.ts';
import { createPollingFallback } from '../polling.ts';
import type { Emitter } from './listen.ts';
import { createChatsPoll, type PolledChat, secondsOf } from './whatsapp-chats.ts';

/** A Client of whatsapp-web.js, as far as it is used here. */
export interface PolledWhatsApp<Message> extends Emitter {
  getChats(): Promise<readonly PolledChat<Message>[]>;
}

export interface WhatsAppPollingOptions<Message> {
  /** Is given each message once, whether an event brought it or not: instead of a listener to `message`. */
  onMessage(message: Message): unknown;
  /** As in `createPollingFallback`. */
  stalledAfterMs?: number;
  everyMs?: number;
  giveUpAfterMs?: number;
}

/**
 * For a Client of whatsapp-web.js, beside `attachWhatsApp`: where its `message` stops while the page works, messages are fetched.
 * @returns what ends it
 */
export const pollWhatsApp = <Message>(
  client: PolledWhatsApp<Message>,
  { onMessage, ...options }: WhatsAppPollingOptions<Message>,
  beat: Heartbeat,
): (() => void) => {
  const poll = createChatsPoll({ getChats: () => client.getChats(), count: beat.count });
  const fallback = createPollingFallback<Message>({
    ...options,
    ...{ beat, onMissed: onMessage, poll },
    idOf: (message) => fieldOf(fieldOf(message, 'id'), '_serialized') as string,
    timeOf: (message) => secondsOf(message) * 1000,
  });
  // What the bot throws here goes where it would without us.
  const listener = (message: Message): void => {
    if (fallback.heard(message)) onMessage(message);
  };
  client.on('message', listener);
  return () => {
    fallback.close();
    if (client.off) client.off('message', listener);
    else client.removeListener?.('message', listener);
  };
};

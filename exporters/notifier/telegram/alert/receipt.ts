import type { Receipt } from '../../channel.ts';

/**
 * The bot, and the messages of one alert, in order: `123456:17`, or `123456:17,18` where one had no room for it. Older
 * releases left the bot out.
 */
const form = /^(?:(\d{1,20}):)?(\d{1,16}(?:,\d{1,16}){0,9})$/;

/** Message ids; none where it is no receipt of ours: each bot numbers anew, and must not change what another one sent. */
export const readReceipt = (receipt: Receipt | null, botId: string): number[] => {
  const [, bot = botId, messages = ''] = form.exec(receipt ?? '') ?? [];
  return messages === '' || bot !== botId ? [] : messages.split(',').map(Number);
};

export const receiptOf = (messages: readonly number[], botId: string): Receipt =>
  `${botId}:${messages.join(',')}`;

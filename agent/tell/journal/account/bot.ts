import type { BotEvents, BotRef } from '../../../model/events/bot.ts';
import type { Accounts } from './account.ts';
import { homeText, ofLife } from './home.ts';

const botText = (data: BotRef): string =>
  data.bot === '' ? `The bot of ${homeText(data)}` : `Bot ${data.bot} of ${homeText(data)}`;

export const botAccounts: Accounts<BotEvents> = {
  'bot.connection_changed': {
    sentence: (data) =>
      `${botText(data)} is ${data.to ?? 'heard'}${data.why ? `: ${data.why}` : ''}`,
    subject: ofLife,
  },
  'bot.lost': {
    sentence: (data) =>
      `${botText(data)} is not heard any more (${data.how}), and its session goes on`,
    subject: ofLife,
  },
};

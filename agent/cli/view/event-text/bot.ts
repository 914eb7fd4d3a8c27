import type { BotEvents } from '../../../model/events/bot.ts';
import { plural } from '../../../model/text/plural.ts';
import { dateTime } from '../time.ts';
import type { Texts } from './texts.ts';

const botName = ({ bot }: { bot: string }): string => (bot === '' ? 'its bot' : `its bot ${bot}`);

const leftOutText = (count: number, what: string): string =>
  count > 0 ? `; ${plural(count, what)} before left out` : '';

const timeText = (at: number | null): string => (at === null ? 'unknown' : dateTime(at));

export const botTexts: Texts<BotEvents> = {
  'bot.connection_changed': ({ from, to, why, needs, leftOut, ...bot }) =>
    `${botName(bot)} ${to ?? 'is heard'}${from === null ? '' : `, was ${from}`}${needs ? `; needs: ${needs}` : ''}${why ? `: ${why}` : ''}${leftOutText(leftOut, 'change')}`,
  'bot.session_changed': ({ refreshedAt, expiresAt, ...bot }) =>
    `login of ${botName(bot)} refreshed ${timeText(refreshedAt)}, expires ${timeText(expiresAt)}`,
  'bot.error': ({ name, message, leftOut, ...bot }) =>
    `${botName(bot)}: ${name}: ${message}${leftOutText(leftOut, 'error')}`,
  'bot.lost': ({ how, ...bot }) =>
    how === 'closed' ? `${botName(bot)} went away` : `${botName(bot)} is not heard any more`,
};

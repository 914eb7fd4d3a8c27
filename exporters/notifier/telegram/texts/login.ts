import {
  type BotNeeded,
  type BotStanding,
  botLabel,
} from '../../../../agent/model/bot/bot-needed.ts';
import { needText } from '../../../../agent/model/bot/needs-you.ts';
import type { BotNeed, BotRef } from '../../../../agent/model/events/bot.ts';
import { bold, code, italic, lines, type Rich, type Span } from '../format/rich.ts';

type Named = Pick<BotRef, 'session' | 'bot'>;

const nameOf = (bot: Named): Span => code(botLabel(bot));

const how: Readonly<Record<BotNeed, Rich>> = {
  qr: lines(
    'Scan it with the app of the service; in WhatsApp: Settings, Linked devices, Link a device.',
    'A camera has to see it: open this chat on another screen.',
  ),
  code: 'Enter it in the app of the service; in WhatsApp: Settings, Linked devices, Link a device, Link with phone number.',
  login: 'The bot wrote this: look at the address before you enter anything.',
};

/** What bots wait for, as people on the phone are shown it. */
export const loginTexts = {
  /** `until`: when it is taken away. */
  head: (need: BotNeeded): Rich => [bold('Needs you: '), nameOf(need), `: ${needText(need.kind)}`],
  foot: (kind: BotNeed, until: string): Rich =>
    lines(
      how[kind],
      italic(`It changes here when the bot gives a new one, and is taken away at ${until}.`),
    ),
  /** In the place of what is shown, until that is there. */
  moment: '… one moment. If nothing comes here, ask again.',
  notKept:
    'the disk is full, or cannot be written: what logs a bot in could stay in this chat. On the machine itself: holdfast login',
  tooLong: (characters: number): Rich =>
    `What the bot gave has ${characters} characters: no QR code holds that.`,
  nothing: 'What the bot gave has nothing that can be shown.',
  cut: 'It is longer, and was cut: holdfast login shows all of it.',
  done: (bot: Named): Rich => ['✅ ', nameOf(bot), ' is logged in.'],
  over: (bot: Named, name: string): Rich => [
    '⌛ ',
    nameOf(bot),
    ' still needs you. What was shown is taken away; again: ',
    code(`/login ${name}`),
  ],
  asksNoMore: (bot: Named, state: BotStanding['state'] | 'gone'): Rich => [
    nameOf(bot),
    ` asks for nothing any more. It is not logged in: it is ${state}.`,
  ],
  notReached: (bot: Named): Rich => [
    nameOf(bot),
    ': the agent does not answer. What was shown is taken away, it may be outdated.',
  ],
  needsNobody: (bots: readonly BotStanding[]): Rich =>
    lines(
      ...bots
        .slice(0, 10)
        .map((bot): Rich => [nameOf(bot), ` needs nobody now: it is ${bot.state}.`]),
    ),
  noBot: (name: string): Rich => ['No bot of ', code(name), ' is heard.'],
  noBots: 'No bot needs anybody now.',
  which: 'Which bot?',
  alreadyShown: 'It is shown above, and kept up to date.',
  tooMany: 'Several are shown already: log those in first.',
} as const;

import { distinct } from '../distinct.ts';
import type { Family, Labels, Sample } from '../family.ts';
import { labelValue } from '../label.ts';
import type { SessionLine } from '../state/document.ts';

/** Bots that get series of their own; each has about twenty. The agent hears no more. */
export const maxBotSeries = 512;

type Bot = NonNullable<SessionLine['bots']>[number];

export interface BotLine {
  labels: Labels;
  bot: Bot;
  /** ms since the epoch. */
  now: number;
}

/** What bots live in: sessions, and declared units. */
type Home = Pick<SessionLine, 'session' | 'server' | 'bots'>;

export const botLines = (homes: readonly Home[], now: number): BotLine[] => {
  const lines = homes.flatMap(({ session, server, bots = [] }) =>
    bots.map((bot): BotLine => {
      const labels = {
        session: labelValue(session),
        server: labelValue(server),
        bot: labelValue(bot.bot),
      };
      return { labels, bot, now };
    }),
  );
  return distinct(lines, ({ labels }) => JSON.stringify(Object.values(labels))).slice(
    0,
    maxBotSeries,
  );
};

/** A series for each bot of which there is such a number. */
export const ofEachBot = (
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  value: (bot: Bot, now: number) => number | null,
): Family<BotLine[]> => ({
  ...{ name, type, help },
  labels: ['session', 'server', 'bot'],
  samples: (lines): Sample[] =>
    lines.flatMap(({ labels, bot, now }) => {
      const current = value(bot, now);
      return current === null ? [] : [{ labels, value: current }];
    }),
});

import { messageOf } from '../../../agent/model/failure.ts';
import type { TelegramStatus } from '../../../agent/model/status/notifier-status.ts';
import type { Paths } from '../../../agent/paths.ts';
import type { AlertSettings, NotifierEvent } from '../../../agent/protocol/notifier.ts';
import type { Agent } from '../agent/connection.ts';
import { writeLastResort } from '../last-resort/settings.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { pictureProgram, renderPicture } from '../picture/process.ts';
import type { Say } from '../process-log.ts';
import { createTelegram, type Telegram } from '../telegram/telegram.ts';

export interface TelegramPorts {
  paths: Paths;
  say: Say;
  now(): number;
  outbox: Outbox;
  agent: Agent;
  record(event: NotifierEvent): void;
}

/** What the notifier has of Telegram, whether there is a token or none. */
export type TelegramSide = Pick<Telegram, 'channels' | 'pairing' | 'start' | 'stop'> & {
  /** null: there is none. */
  status(): TelegramStatus | null;
};

/** A machine under load draws a large screen in a few seconds. ms */
const pictureMs = 40_000;

export const openTelegram = (
  token: string,
  { alerts: { telegram }, host }: AlertSettings,
  { paths, say, now, outbox, agent, record }: TelegramPorts,
): Telegram => {
  const { apiRoot, proxy } = telegram;
  return createTelegram({
    token,
    settings: telegram,
    db: outbox.database,
    agent,
    now,
    say,
    host,
    record: (events) => {
      for (const event of events) record(event);
    },
    picture: ({ session: title, text, columns, rows }) =>
      renderPicture(
        { title, text, columns, rows },
        { file: pictureProgram(), timeoutMs: pictureMs },
      ),
    onChats: (chats) => {
      try {
        writeLastResort(paths.notifierDir, { apiRoot, proxy, chats, host });
      } catch (cause) {
        say('error', 'the last resort does not know whom to tell', { why: messageOf(cause) });
      }
    },
  });
};

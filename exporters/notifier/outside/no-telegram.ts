import type { DatabaseSync } from 'node:sqlite';
import { type Failure, RequestFailure } from '../../../agent/model/failure.ts';
import { createUnusable } from '../channel/unusable.ts';
import type { Channel } from '../channel.ts';
import { openPeople } from '../telegram/pairing/people.ts';
import type { TelegramSide } from './open-telegram.ts';

const refuse = (): never => {
  throw new RequestFailure(
    'no-telegram',
    'there is no Telegram bot yet: put its token into the credential telegram-token',
  );
};

/** What is for those who are paired waits until the token can be read. */
export const unreadable = (database: DatabaseSync, failure: Failure): Channel[] =>
  openPeople(database)
    .list()
    .map(({ deliverTo }) => createUnusable(deliverTo, 'people', failure));

/** In the place of Telegram where there is no token. */
export const noTelegram = (channels: Channel[] = []): TelegramSide => ({
  channels: () => channels,
  start: () => undefined,
  stop: async () => undefined,
  pairing: { begin: refuse, list: refuse, remove: refuse },
  status: () => null,
});

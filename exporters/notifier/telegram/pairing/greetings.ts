import { messageOf } from '../../../../agent/model/failure.ts';
import type { Say } from '../../process-log.ts';
import type { TelegramApi } from '../api/api.ts';
import { post } from '../api/post.ts';
import { menu } from '../texts/commands.ts';
import { pairingTexts } from '../texts/pairing.ts';

export interface GreetingsPorts {
  api: TelegramApi;
  /** The machine's name. */
  host: string;
  say: Say;
  signal: AbortSignal;
}

/** What somebody sees who comes or goes. Nothing of it throws: what is no alert may fail, and the log says so. */
export interface Greetings {
  /** The commands, where the phone offers them. */
  showMenu(chat: string): Promise<void>;
  welcome(chat: string): Promise<void>;
  takeLeave(chat: string): Promise<void>;
}

const scopeOf = (chat: string) => ({ type: 'chat', chat_id: chat }) as const;

export const createGreetings = ({ api, host, say, signal }: GreetingsPorts): Greetings => {
  const attempt = (what: string, call: Promise<unknown>): Promise<void> =>
    call.then(
      () => undefined,
      (error: unknown) => {
        if (!signal.aborted) say('warn', what, { error: messageOf(error) });
      },
    );

  const showMenu = (chat: string): Promise<void> =>
    attempt(
      'the menu of commands could not be set',
      api.call('setMyCommands', { commands: menu, scope: scopeOf(chat) }, signal),
    );

  return {
    showMenu,
    welcome: async (chat) => {
      await attempt(
        'somebody who was paired could not be told',
        post({ api, chat, signal }, pairingTexts.paired(host)),
      );
      await showMenu(chat);
    },
    takeLeave: async (chat) => {
      await attempt(
        'the menu was not removed',
        api.call('deleteMyCommands', { scope: scopeOf(chat) }, signal),
      );
      await attempt(
        'somebody who was removed could not be told',
        post({ api, chat, signal }, pairingTexts.removed(host)),
      );
    },
  };
};

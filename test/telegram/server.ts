import type { UserFromGetMe } from '@grammyjs/types';
import { type Chats, createChats } from './chats.ts';
import { createFaults, type Faults } from './faults.ts';
import { createListener } from './http/listener.ts';
import { createService } from './http/service.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createMe, defaultUsername } from './me.ts';
import { createMessageStore } from './message-store.ts';
import { bot } from './methods/bot.ts';
import { editing } from './methods/editing.ts';
import { inChat } from './methods/in-chat.ts';
import { sending } from './methods/sending.ts';
import { createRateModel, type RateModel } from './rate-model.ts';
import type { State } from './state.ts';
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts';

export interface BotApiOptions {
  token?: string;
  /** Any free one without it. */
  port?: number;
  /** Of the bot. */
  username?: string;
  /** Ms since 1970, for dates and the rate model. */
  now?: () => number;
}

/**
 * A stand-in for the Bot API, shaped by https://core.telegram.org/bots/api: on 127.0.0.1, over HTTP, with nobody's account behind
 * it. It knows the methods Holdfast uses, refuses what the real server refuses in the same words, and keeps what it accepted.
 * It does not know MarkdownV2, does not fetch addresses, and what clients find in a text by themselves it finds roughly.
 */
export interface BotApi {
  /** For `apiRoot`. */
  readonly root: string;
  readonly port: number;
  readonly token: string;
  readonly me: UserFromGetMe;
  readonly state: State;
  readonly chats: Chats;
  /** What was accepted, from the side of those who receive it. */
  readonly ledger: Ledger;
  readonly queue: UpdateQueue;
  readonly faults: Faults;
  readonly rate: RateModel;
  /** From now on the token is refused with 401, as after a new one was asked for. */
  revokeToken(): void;
  /** Connections are torn, and new ones refused, as when the server or the way to it is gone. */
  goDown(): Promise<void>;
  /** At the same port, with all there was. */
  comeUp(): Promise<void>;
  close(): Promise<void>;
}

export const defaultToken = '4815162342:stand-in-token-of-no-bot_0123456789';

const createState = (me: UserFromGetMe, now: () => number): State => ({
  me,
  now,
  chats: createChats(),
  messages: createMessageStore(me),
  ledger: createLedger(now),
  queue: createUpdateQueue(),
  rate: createRateModel(now),
  files: new Map(),
  commands: new Map(),
  queries: new Map(),
  webhook: '',
});

export const startBotApi = async (options: BotApiOptions = {}): Promise<BotApi> => {
  const { token = defaultToken, port: wanted = 0, username = defaultUsername } = options;
  const me = createMe(Number.parseInt(token, 10) || 4815162342, username);
  const state = createState(me, options.now ?? Date.now);
  const faults = createFaults();
  const methods = { ...bot, ...sending, ...editing, ...inChat };
  let valid = token;
  const service = createService({ state, faults, methods, token: () => valid });
  const listener = createListener(service);
  const port = await listener.listen(wanted);

  return {
    root: `http://127.0.0.1:${port}`,
    port,
    token,
    me,
    state,
    chats: state.chats,
    ledger: state.ledger,
    queue: state.queue,
    faults,
    rate: state.rate,
    revokeToken: () => {
      valid = '';
    },
    goDown: listener.stop,
    comeUp: async () => {
      await listener.listen(port);
    },
    close: async () => {
      state.queue.close();
      await listener.stop();
    },
  };
};

import type { BotCommand, Message, UserFromGetMe } from '@grammyjs/types';
import type { Chats } from './chats.ts';
import type { Media, Recorder } from './ledger.ts';
import type { MessageStore } from './message-store.ts';
import type { Arguments } from './methods/arguments.ts';
import type { RateModel } from './rate-model.ts';
import type { UpdateQueue } from './update-queue.ts';

/** All a method may look at and change. */
export interface State {
  readonly me: UserFromGetMe;
  /** Ms since 1970. */
  readonly now: () => number;
  readonly chats: Chats;
  readonly messages: MessageStore;
  readonly ledger: Recorder;
  readonly queue: UpdateQueue;
  readonly rate: RateModel;
  /** By file id. */
  readonly files: Map<string, Media>;
  /** By scope and language. */
  readonly commands: Map<string, BotCommand[]>;
  /** Presses of buttons the bot may still answer. */
  readonly queries: Map<string, Message>;
  webhook: string;
}

/** `gone` is for a method that takes its time: the client has gone away. */
export type Method = (state: State, given: Arguments, gone: AbortSignal) => unknown;
export type Methods = Readonly<Record<string, Method>>;

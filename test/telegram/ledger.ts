import type { InlineKeyboardMarkup, MessageEntity, ReplyParameters } from '@grammyjs/types';
import { createWaiters } from './waiters.ts';

/** A picture or a file as it was sent. */
export interface Media {
  kind: 'photo' | 'document';
  name: string;
  fileId: string;
  bytes: Buffer;
  /** In pixels, of a photo. */
  width: number;
  height: number;
}

/** What a message shows. `text` is the caption where there is `media`. */
export interface Content {
  text: string;
  entities: MessageEntity[];
  keyboard: InlineKeyboardMarkup | undefined;
  media: Media | undefined;
}

export interface Version extends Content {
  /** Rises over all chats, by one for each thing that was accepted. */
  order: number;
  /** Ms since 1970. */
  at: number;
  method: string;
}

/** A message of the bot as those it is for have seen it. */
export interface Accepted {
  readonly chatId: number;
  readonly messageId: number;
  readonly silent: boolean;
  readonly protected: boolean;
  readonly replyTo: ReplyParameters | undefined;
  /** As it was sent, then each edit. */
  readonly versions: [Version, ...Version[]];
  deletedAt: number | undefined;
}

/** What the bot said to a press of a button. */
export interface Answer {
  order: number;
  at: number;
  queryId: string;
  text: string;
  alert: boolean;
}

/** A request that came in. Never with the token. */
export interface Request {
  at: number;
  method: string;
  /** As text, files by name and size. */
  parameters: Record<string, string>;
  /** The status it was answered with, or what was done instead. */
  outcome: number | string | undefined;
  description: string | undefined;
}

/** One thing that was accepted. */
export type Entry =
  | { kind: 'sent' | 'edited'; order: number; message: Accepted; version: Version }
  | { kind: 'deleted'; order: number; message: Accepted }
  | { kind: 'answered'; order: number; answer: Answer };

export interface Ledger {
  /** Everything that was accepted, in order. */
  readonly timeline: readonly Entry[];
  readonly messages: readonly Accepted[];
  readonly answers: readonly Answer[];
  readonly requests: readonly Request[];
  /** Of one chat, or of all. */
  of(chatId?: number): Accepted[];
  calls(method: string): Request[];
  /** Told each entry as it comes, until the function it answers is called. */
  follow(listener: (entry: Entry) => void): () => void;
  until<R>(what: string, pick: (ledger: Ledger) => R | undefined, limitMs?: number): Promise<R>;
}

export interface Recorder extends Ledger {
  request(method: string, parameters: Record<string, string>): Request;
  message(message: Omit<Accepted, 'versions' | 'deletedAt'>, first: NewVersion): Accepted;
  version(message: Accepted, next: NewVersion): void;
  answer(answer: Omit<Answer, 'order' | 'at'>): void;
  remove(message: Accepted): void;
  /** Something was changed in place. */
  changed(): void;
}

export type NewVersion = Content & { method: string };

/** The last look of a message. */
export const shown = (message: Accepted): Version => message.versions.at(-1) ?? message.versions[0];

const outline = (message: Accepted): string => {
  const { order, text } = shown(message);
  return `${order} ${message.chatId}/${message.messageId} ${JSON.stringify(text.slice(0, 120))}`;
};

export const createLedger = (now: () => number): Recorder => {
  const timeline: Entry[] = [];
  const messages: Accepted[] = [];
  const answers: Answer[] = [];
  const requests: Request[] = [];
  const listeners = new Set<(entry: Entry) => void>();
  const waiters = createWaiters(() => messages.slice(-15).map(outline).join('\n'));

  const stamp = (): { order: number; at: number } => ({ order: timeline.length + 1, at: now() });

  const add = (entry: Entry): void => {
    timeline.push(entry);
    for (const listener of listeners) listener(entry);
    waiters.wake();
  };

  const ledger: Recorder = {
    timeline,
    messages,
    answers,
    requests,
    of: (chatId) => messages.filter((message) => chatId === undefined || message.chatId === chatId),
    calls: (method) => requests.filter((request) => request.method === method),
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until: (what, pick, limitMs) => waiters.until(what, () => pick(ledger), limitMs),
    request: (method, parameters) => {
      const outcome = { outcome: undefined, description: undefined };
      const request: Request = { at: now(), method, parameters, ...outcome };
      requests.push(request);
      waiters.wake();
      return request;
    },
    message: (message, first) => {
      const version: Version = { ...stamp(), ...first };
      const accepted: Accepted = { ...message, versions: [version], deletedAt: undefined };
      messages.push(accepted);
      add({ kind: 'sent', order: version.order, message: accepted, version });
      return accepted;
    },
    version: (message, next) => {
      const version: Version = { ...stamp(), ...next };
      message.versions.push(version);
      add({ kind: 'edited', order: version.order, message, version });
    },
    remove: (message) => {
      const { order, at } = stamp();
      message.deletedAt = at;
      add({ kind: 'deleted', order, message });
    },
    answer: (given) => {
      const answer: Answer = { ...stamp(), ...given };
      answers.push(answer);
      add({ kind: 'answered', order: answer.order, answer });
    },
    changed: () => waiters.wake(),
  };
  return ledger;
};

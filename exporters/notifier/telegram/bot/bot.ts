import { setTimeout as wait } from 'node:timers/promises';
import { Failure, messageOf } from '../../../../agent/model/failure.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { Person } from '../pairing/people.ts';
import type { Asked } from '../polling/update.ts';
import { answerTexts } from '../texts/answers.ts';
import { press } from './buttons.ts';
import { obey } from './commands.ts';
import type { BotContext } from './context.ts';
import { failureText } from './failure-text.ts';
import { createTalk, type Talk } from './talk.ts';

export interface BotOptions {
  api: TelegramApi;
  context: BotContext;
  /** The bot's own name. */
  name(): string;
  signal: AbortSignal;
}

/** The phone stops to show that it waits, however long the answer takes. */
const settleMs = 1500;

const isOfPerson = ({ isPrivate, chat }: Asked, person: Person): boolean =>
  isPrivate || (chat !== null && chat === person.chat);

export interface Bot {
  /** Never throws. */
  handle(asked: Asked, person: Person): Promise<void>;
}

/** Answers those who are paired, and only in their own chats. */
export const createBot = ({ api, context, name, signal }: BotOptions): Bot => {
  const answer = async (asked: Asked, person: Person, talk: Talk): Promise<void> => {
    const { button, text } = asked;
    if (!isOfPerson(asked, person)) return talk.toast(answerTexts.oldButton);
    if (button) return press(context, talk, button.data);
    // A picture, or word of something that was done in the chat.
    if (text === null) return;
    if (asked.isForwarded) return talk.say(answerTexts.forwarded);
    await obey(context, talk, text, name());
  };

  /** Whatever goes wrong is told to who asked, as far as he can be reached. */
  const excuse = async (error: unknown, talk: Talk): Promise<void> => {
    const isTold = error instanceof Failure && !(error instanceof TelegramFailure);
    if (!isTold)
      context.say('warn', 'somebody could not be answered', {
        error: api.scrub(messageOf(error)),
        ...(error instanceof TelegramFailure ? { method: error.method } : {}),
        user: talk.remote.user,
      });
    if (error instanceof TelegramFailure && error.status !== 400) return;
    await talk.say(isTold ? failureText(error, false) : answerTexts.failed).catch(() => undefined);
  };

  const handle = async (asked: Asked, person: Person): Promise<void> => {
    const { remote, chat, button } = asked;
    // A group may hold people who are not paired: nothing is said or done there.
    if (!isOfPerson(asked, person) && !button) return;
    const talk = createTalk({ api, remote, chat: chat ?? person.chat, button, signal });
    const done = new AbortController();
    const settling = wait(settleMs, undefined, { signal: done.signal })
      .then(() => talk.settle())
      .catch(() => undefined);
    try {
      await answer(asked, person, talk);
    } catch (error) {
      await excuse(error, talk);
    } finally {
      done.abort();
      await settling;
      await talk.settle();
    }
  };

  return { handle };
};

import type { BotNeeded } from '../../../../agent/model/bot/bot-needed.ts';
import { Failure, messageOf } from '../../../../agent/model/failure.ts';
import type { Agent } from '../../agent/connection.ts';
import type { Say } from '../../process-log.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import { post } from '../api/post.ts';
import { failureText } from '../bot/failure-text.ts';
import type { Rich } from '../format/rich.ts';
import { clock } from '../format/time.ts';
import { loginTexts } from '../texts/login.ts';
import { type FollowEnd, follow } from './follow.ts';
import { lookOf } from './look.ts';
import { createSecretMessage, type SecretMessage } from './secret-message.ts';
import type { TakenBack } from './taken-back.ts';

export interface ShowLoginPorts {
  agent: Agent;
  api: TelegramApi;
  takenBack: TakenBack;
  now(): number;
  say: Say;
  /** How long it is shown, and between two looks at what the bot needs. ms */
  times: { openMs: number; lookMs: number };
}

/** What a bot needs, and who is to see it. */
export interface Viewing {
  user: string;
  need: BotNeeded;
  /** Ends it before its time. */
  over: AbortController;
}

const endText = (need: BotNeeded, end: FollowEnd): Rich => {
  if (end.kind === 'ready') return loginTexts.done(need);
  if (end.kind === 'waits') return loginTexts.over(need, need.session);
  if (end.kind === 'not-known') return loginTexts.notReached(need);
  return loginTexts.asksNoMore(need, end.state);
};

/** @returns false where it may get through later */
const showNext = async (
  message: SecretMessage,
  need: BotNeeded,
  until: string,
): Promise<boolean> => {
  try {
    await message.show(await lookOf(need, until));
    return true;
  } catch (error) {
    if (error instanceof TelegramFailure && error.retryable) return false;
    throw error;
  }
};

/** @returns what is said at the end; null: nothing, he may see nothing any more */
const keepShown = async (
  { agent, times }: ShowLoginPorts,
  { need, over }: Viewing,
  message: SecretMessage,
  until: string,
): Promise<Rich | null> => {
  const timer = setTimeout(() => over.abort('time'), times.openMs);
  try {
    const end = await follow(need, {
      ...{ agent, lookMs: times.lookMs, signal: over.signal },
      show: (next) => showNext(message, next, until),
      hide: message.remove,
    });
    return over.signal.aborted && over.signal.reason !== 'time' ? null : endText(need, end);
  } finally {
    clearTimeout(timer);
    await message.remove();
  }
};

/** What is no matter of Telegram's is told to who looks, too. */
const complain = async ({ api, say }: ShowLoginPorts, user: string, error: unknown) => {
  const fields = { user, error: api.scrub(messageOf(error)) };
  say('warn', 'a login could not be shown any more', fields);
  if (!(error instanceof Failure) || error instanceof TelegramFailure) return;
  await post({ api, chat: user }, failureText(error, false)).catch(() => undefined);
};

/**
 * Shows what a bot needs in one message, from the first look until its end. Resolves when it is shown; `gone` resolves when
 * nothing of it is in the chat any more, and never rejects.
 * @throws TelegramFailure, and Failure `not-kept`
 */
export const showLogin = async (
  ports: ShowLoginPorts,
  viewing: Viewing,
): Promise<{ gone: Promise<void> }> => {
  const { api, takenBack, now, say, times } = ports;
  const { user, need } = viewing;
  const until = clock(now() + times.openMs);
  // A private chat has the number of the person (https://core.telegram.org/bots/api#chat).
  const message = createSecretMessage({ api, chat: user, takenBack });
  await message.show(await lookOf(need, until));
  say('info', 'what a bot needs is shown to somebody', { user, session: need.session });
  const kept = keepShown(ports, viewing, message, until);
  void kept
    .then((said) => (said === null ? null : post({ api, chat: user }, said)))
    .catch((error) => complain(ports, user, error));
  return {
    gone: kept.then(
      () => undefined,
      () => undefined,
    ),
  };
};

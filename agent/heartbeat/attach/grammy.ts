import { fieldOf } from '../bounded.ts';
import type { Heartbeat } from '../contract.ts';

// biome-ignore-start lint/suspicious/noExplicitAny: the types of grammY are its own, and it is no dependency of ours
type Next = () => Promise<void>;
type Call = (method: any, payload: any, signal?: any) => Promise<any>;

/** A Bot of grammY, as far as it is used here. */
export interface GrammyBot {
  use(middleware: (context: any, next: Next) => Promise<void>): unknown;
  api: {
    config: {
      use(transformer: (previous: Call, method: any, payload: any, signal?: any) => any): unknown;
    };
  };
}
// biome-ignore-end lint/suspicious/noExplicitAny: as above

/** Kinds of update that are a message of somebody; the others are counted by their names. */
const messages = new Set(['message', 'channel_post', 'business_message']);

/** Methods after which there is a new message. */
const sends = /^(send(?!ChatAction)|forwardMessage|copyMessage)/;

/** What stands between the bot and Telegram, and which calls say that it no longer does. */
type Trouble = 'network' | 'conflict' | 'token' | null;

const createStanding = (beat: Heartbeat) => {
  let trouble: Trouble = null;
  let known = false;

  const works = (method: string): void => {
    // Other calls succeed while another program takes the updates.
    if (trouble === 'conflict' && method !== 'getUpdates') return;
    if (trouble === null && known) return;
    [trouble, known] = [null, true];
    beat.connection('ready');
  };

  const fails = (kind: Exclude<Trouble, null>, why: string): void => {
    [trouble, known] = [kind, true];
    beat.connection(kind === 'token' ? 'logged-out' : 'disconnected', why);
  };

  return {
    works,
    /** The Bot API refused a call: https://core.telegram.org/bots/api#making-requests. */
    refused(method: string, code: unknown, description: string): void {
      const polls = method === 'getUpdates';
      // 404 is what a token gets that is none at all.
      if (code === 401 || (code === 404 && (polls || method === 'getMe')))
        fails('token', description);
      else if (code === 409 && polls) fails('conflict', description);
      else if (typeof code === 'number' && code >= 500 && polls) fails('network', description);
      else works(method);
      beat.count(code === 429 ? 'rate limited' : 'refused calls');
    },
    unreachable(method: string, error: unknown): void {
      if (method === 'getUpdates' || method === 'getMe') {
        fails('network', String(fieldOf(error, 'message')));
      }
      beat.count('failed calls');
    },
  };
};

type Standing = ReturnType<typeof createStanding>;

const judge = (standing: Standing, beat: Heartbeat, method: string, answer: unknown): void => {
  if (fieldOf(answer, 'ok') !== true) {
    const description = String(fieldOf(answer, 'description'));
    standing.refused(method, fieldOf(answer, 'error_code'), description);
    return;
  }
  standing.works(method);
  const result = fieldOf(answer, 'result');
  if (sends.test(method)) beat.sent(Array.isArray(result) ? result.length : 1);
};

/** Long polling waits by itself: how long it took says nothing. */
const isWait = (method: string): boolean => method === 'getUpdates';

const watchCalls = (bot: GrammyBot, beat: Heartbeat, standing: Standing): void => {
  bot.api.config.use(async (previous, method, payload, signal) => {
    const name = String(method);
    const began = performance.now();
    try {
      const answer = await previous(method, payload, signal);
      if (!isWait(name)) beat.time('Bot API', performance.now() - began);
      judge(standing, beat, name, answer);
      return answer;
    } catch (error) {
      // Who stops the bot ends its call: that is no failure.
      if (fieldOf(signal, 'aborted') !== true) standing.unreachable(name, error);
      throw error;
    }
  });
};

const kindOf = (update: unknown): string =>
  Object.keys(Object(update)).find((key) => key !== 'update_id') ?? 'update';

const watchUpdates = (bot: GrammyBot, beat: Heartbeat): void => {
  bot.use(async (context, next) => {
    const kind = kindOf(fieldOf(context, 'update'));
    if (messages.has(kind)) beat.received();
    else beat.count(kind);
    const began = performance.now();
    try {
      await next();
    } catch (error) {
      // Not what it wraps: that of a failed call holds the address, and so the token.
      beat.error(error);
      throw error;
    } finally {
      beat.time('handling', performance.now() - began);
    }
  });
};

/**
 * For a Bot of grammY, right after it was made: what is used on it before goes unseen. Errors of handlers go on to `bot.catch`.
 */
export const attachGrammy = (bot: GrammyBot, beat: Heartbeat): void => {
  beat.connection('connecting');
  beat.received(0);
  beat.sent(0);
  watchCalls(bot, beat, createStanding(beat));
  watchUpdates(bot, beat);
};

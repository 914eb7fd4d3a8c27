import { nameOfSilence } from '../../../../agent/model/alert-name.ts';
import type { Failure } from '../../../../agent/model/failure.ts';
import type { BotContext } from '../bot/context.ts';
import type { Talk } from '../bot/talk.ts';
import { when } from '../format/time.ts';
import { alertTexts } from '../texts/silences.ts';

/** How long, ms. */
const usualMs = 60 * 60_000;
const limitsMs = { least: 60_000, most: 30 * 24 * 60 * 60_000 };

/** @param session null: everything @param server where a session is meant that is there */
export const beginSilence = async (
  context: BotContext,
  talk: Talk,
  session: string | null,
  { forMs = usualMs, reason = '', server = '' } = {},
): Promise<void> => {
  if (forMs < limitsMs.least || forMs > limitsMs.most) return talk.say(alertTexts.tooLong);
  const params = { forMs, remote: talk.remote, reason: reason || alertTexts.noReason };
  const silence = (name: string | null) =>
    context.agent.call('alert.silence', { ...params, session: name });
  // Another server may have a session of the same name, and its owner a reason to have this one silenced.
  const exact = server === '' || session === null ? session : `${server}:${session}`;
  const made = await silence(exact).catch((cause: unknown) => {
    // An end of the whole machine names one server, and has sessions of others.
    if (exact === session || (cause as Failure).code !== 'unknown-session') throw cause;
    return silence(session);
  });
  await talk.say(alertTexts.silenced(nameOfSilence(made), when(made.until, context.now())));
};

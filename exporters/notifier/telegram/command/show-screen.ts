import { messageOf } from '../../../../agent/model/failure.ts';
import type { LiveScreen } from '../../../../agent/protocol/notifier.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { BotContext } from '../bot/context.ts';
import type { Talk } from '../bot/talk.ts';
import { lines, pre, type Rich } from '../format/rich.ts';
import { screenTexts } from '../texts/screens.ts';

const asText = (talk: Talk, screen: LiveScreen, caption: Rich, note: string | null) =>
  talk.say(lines(caption, note, pre(screen.text)));

/** The one before is on its way first, so that no more than two lie in memory, however slow the line is. */
const makeAndSend = async (
  { pictures: { making, sending }, picture }: BotContext,
  talk: Talk,
  screen: LiveScreen,
  caption: Rich,
): Promise<void> => {
  const { user } = talk.remote;
  await sending.get(user);
  const made = (async () => picture(screen))();
  const png = await made.finally(() => making.delete(user));
  const sent = talk.picture({ png, name: screen.session, caption });
  const done = sent.catch(() => undefined).finally(() => sending.delete(user));
  sending.set(user, done);
  await sent;
};

const asPicture = async (
  context: BotContext,
  talk: Talk,
  screen: LiveScreen,
  caption: Rich,
): Promise<void> => {
  try {
    await makeAndSend(context, talk, screen, caption);
  } catch (error) {
    // Where nothing gets through, text does not either; what waits is tried by who asked.
    if (error instanceof TelegramFailure && error.status !== 400 && error.status !== 413)
      throw error;
    context.say('warn', 'no picture of a screen', { error: messageOf(error) });
    await asText(talk, screen, caption, screenTexts.onlyText);
  }
};

/**
 * A screen as a picture, or as text where that is asked for, a picture is being made, or it cannot be made or sent.
 * A picture takes its time, and nobody waits for it: it comes when it is made.
 */
export const showScreen = async (
  context: BotContext,
  talk: Talk,
  screen: LiveScreen,
  { caption, text }: { caption: Rich; text: boolean },
): Promise<void> => {
  const { user } = talk.remote;
  const { making } = context.pictures;
  if (text) return asText(talk, screen, caption, null);
  if (making.has(user)) return asText(talk, screen, caption, screenTexts.onePicture);
  making.add(user);
  void asPicture(context, talk, screen, caption).catch((error: unknown) =>
    context.say('warn', 'a screen could not be sent', { error: messageOf(error), user }),
  );
};

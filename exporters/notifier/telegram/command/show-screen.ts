import { messageOf } from '../../../../agent/model/failure.ts';
import type { LiveScreen } from '../../../../agent/protocol/notifier.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { Desk } from '../bot/desk.ts';
import type { Talk } from '../bot/talk.ts';
import { lines, pre, type Rich } from '../format/rich.ts';
import { answerTexts } from '../texts.ts';

const asText = (talk: Talk, screen: LiveScreen, caption: Rich, note: string | null) =>
  talk.say(lines(caption, note, pre(screen.text)));

/** A screen as a picture, or as text where that is asked for or the picture cannot be made or sent. */
export const showScreen = async (
  desk: Desk,
  talk: Talk,
  screen: LiveScreen,
  { caption, text }: { caption: Rich; text: boolean },
): Promise<void> => {
  if (text) return asText(talk, screen, caption, null);
  try {
    const png = await desk.picture(screen);
    await talk.picture(png, screen.session, caption);
  } catch (error) {
    // Where nothing gets through, text does not either; what waits is tried by who asked.
    if (error instanceof TelegramFailure && error.status !== 400 && error.status !== 413)
      throw error;
    desk.say('warn', 'no picture of a screen', { error: messageOf(error) });
    await asText(talk, screen, caption, answerTexts.onlyText);
  }
};

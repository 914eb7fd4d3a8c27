import type { Talk } from '../bot/talk.ts';
import { lines } from '../format/rich.ts';
import { commandTexts } from '../texts.ts';

/** What the menu of the chat shows, too. */
export const menu = Object.entries(commandTexts).map(([command, description]) => ({
  command,
  description,
}));

export const help = (talk: Talk): Promise<void> =>
  talk.say(lines(...menu.map(({ command, description }) => `/${command}: ${description}`)));

import type { Talk } from '../bot/talk.ts';
import { lines } from '../format/rich.ts';
import { menu } from '../texts/commands.ts';

/** What the menu of the chat shows, too. */
export const help = (talk: Talk): Promise<void> =>
  talk.say(lines(...menu.map(({ command, description }) => `/${command}: ${description}`)));

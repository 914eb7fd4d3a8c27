import type { NewEvent } from '../../../../agent/model/event.ts';
import type { BotConnection, BotEvents } from '../../../../agent/model/events/bot.ts';
import { born, bot } from '../sample.ts';

/** Events about the bot that has no name, in the session of sample.ts. */

export const ref = { session: 'bot', server: 'main', life: bot.life, bot: '' };

export const changed = (
  to: BotConnection | null,
  more: Partial<BotEvents['bot.connection_changed']> = {},
  at = born,
): NewEvent => ({
  ...{ at, type: 'bot.connection_changed' },
  data: { ...ref, from: null, to, why: '', needs: null, leftOut: 0, ...more },
});

export const lost = (name = '', at = born + 9): NewEvent => ({
  ...{ at, type: 'bot.lost' },
  data: { ...ref, bot: name, how: 'closed', lastAt: null },
});

export const login = { createdAt: 1, refreshedAt: 2, expiresAt: null };

export const refreshed: NewEvent = {
  ...{ at: born, type: 'bot.session_changed' },
  data: { ...ref, ...login },
};

export const failed: NewEvent = {
  ...{ at: born + 3, type: 'bot.error' },
  data: { ...ref, name: 'E', message: 'm', count: 2, startedAt: 5, leftOut: 1 },
};

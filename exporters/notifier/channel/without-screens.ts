import type { Channel } from '../channel.ts';

/** The same channel, which is told nothing of what was on a screen. */
export const withoutScreens = (channel: Channel): Channel => ({
  ...channel,
  deliver: (card, receipt, signal) => channel.deliver({ ...card, screen: null }, receipt, signal),
});

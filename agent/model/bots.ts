import type { BotState } from './bot-state.ts';
import type { State } from './state.ts';

/** The key of a bot: bots belong to lives, as deaths do. */
export const botKey = (life: string, bot: string): string => `${life} ${bot}`;

export const botsOf = ({ bots = {} }: Pick<State, 'bots'>, life: string): BotState[] =>
  Object.values(bots).filter((bot) => bot.life === life);

/** More than one session has; the agent hears no more of them at once. */
export const maxBotsOfLife = 16;

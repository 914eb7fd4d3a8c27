import type { Life, State } from '../state.ts';
import type { BotState } from './bot-state.ts';

/** The key of a bot: bots belong to lives, as deaths do. */
export const botKey = (life: string, bot: string): string => `${life} ${bot}`;

export const botsOf = ({ bots = {} }: Pick<State, 'bots'>, life: string): BotState[] =>
  Object.values(bots).filter((bot) => bot.life === life);

/** Since when a bot of it, or what its screen says, waits for somebody, ms since the epoch; null: nobody is needed. */
export const neededSince = (
  state: Pick<State, 'bots' | 'health'>,
  { life, session }: Pick<Life, 'life' | 'session'>,
): number | null => {
  const health = state.health?.[session];
  const isWaiting = health?.life === life && health.status === 'waiting';
  const bots = botsOf(state, life).filter(
    ({ lost, needs, connection }) =>
      !lost && (needs !== null || connection === 'needs-login' || connection === 'logged-out'),
  );
  const times = [...bots.map(({ since }) => since), ...(isWaiting ? [health.since] : [])];
  return times.length > 0 ? Math.min(...times) : null;
};

/** Whether only a person can help it: what Holdfast might do would be of no use. */
export const needsPerson = (
  state: Pick<State, 'bots' | 'health'>,
  life: Pick<Life, 'life' | 'session'>,
): boolean => neededSince(state, life) !== null;

/** More than one session has; the agent hears no more of them at once. */
export const maxBotsOfLife = 16;

/** What it may call itself is no longer, characters. */
export const maxNameOfBot = 64;

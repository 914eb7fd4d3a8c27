import type { Instance } from './events/server.ts';
import type { Life, State } from './state.ts';

/** The key of a life: boot id, server pid and start time, tmux `$id`. */
export const lifeId = (bootId: string, instance: Instance, tmuxId: string): string =>
  `${bootId.slice(0, 8)}/${instance.pid}-${instance.startTime}/${tmuxId}`;

export const sameInstance = (a: Instance | null, b: Instance | null): boolean =>
  a !== null && b !== null && a.pid === b.pid && a.startTime === b.startTime;

export const livesOf = (state: State, server: string): Life[] =>
  Object.values(state.lives).filter((life) => life.server === server);

/** Intents last this long: to stop a program that saves its work takes time. ms */
export const intentMs = 60_000;

export const intentFor = (state: State, life: Life, at: number): string | null =>
  Object.values(state.intents).find(
    ({ target, expiresAt }) =>
      expiresAt >= at &&
      (target.life === life.life ||
        (target.life === null && target.session === null && target.server === life.server)),
  )?.intent ?? null;

import { setTimeout as wait } from 'node:timers/promises';
import type { ScriptedLink } from '../scripted-link.ts';

/** Deaths of one server within two seconds are one incident (agent/explain/incident.ts). ms */
const apartMs = 2100;

/** Most sessions come back, after up to so long. ms */
const comesBack = 0.7;
const backMs = 1500;

export interface Deaths {
  /** Resolves when no session dies, and none comes back any more. */
  stop(): Promise<void>;
}

/** Sessions die, one server after the other, until there were as many deaths as `due` says by now. */
export const startDeaths = (
  link: ScriptedLink,
  servers: readonly string[],
  random: () => number,
  due: () => number,
): Deaths => {
  const returns = new Set<Promise<void>>();
  const diedAt = new Map<string, number>();
  let made = 0;
  let stopped = false;

  const bringBack = async (server: string): Promise<void> => {
    await wait(random() * backMs);
    link.bringBack(server);
  };

  const die = async (server: string): Promise<void> => {
    await wait(Math.max(0, (diedAt.get(server) ?? 0) + apartMs - Date.now()));
    diedAt.set(server, Date.now());
    link.nextSession(server);
    if (random() >= comesBack) return;
    const back = bringBack(server).finally(() => returns.delete(back));
    returns.add(back);
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      const server = servers[made % servers.length];
      if (made < due() && server !== undefined) {
        await die(server);
        made += 1;
      }
      await wait(random() * 100);
    }
    await Promise.all(returns);
  };
  const done = run();

  return {
    stop: () => {
      stopped = true;
      return done;
    },
  };
};

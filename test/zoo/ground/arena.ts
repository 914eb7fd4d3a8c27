import { setTimeout as wait } from 'node:timers/promises';
import { incidentWindowMs } from '../../../agent/explain/incident.ts';
import { startServer } from '../../e2e/tmux.ts';
import type { Way } from '../way.ts';
import type { Place, ServerKind } from './ground.ts';
import { createOwnStages, placeOn } from './own-stages.ts';
import { openStage } from './stage.ts';

/** So long after the last death of a server the next is an incident of its own, ms. */
const apartMs = incidentWindowMs + 500;

interface Shared extends Place {
  isTaken: boolean;
  freeFrom: number;
}

/** The common stage stays until the end, whoever wants to keep it. */
const keepUntil = (): void => undefined;

/** Servers for ways, on one stage but for those that ruin the watchers. */
export interface Arena extends AsyncDisposable {
  readonly traced: boolean;
  /** Runs `use` at a place where `way` cannot disturb another one, which is its own until it is over. */
  at<T>(way: Way, kind: ServerKind, use: (place: Place) => Promise<T>): Promise<T>;
  /** Closes all, once, whatever is still under way. */
  close(): Promise<void>;
}

export interface ArenaOptions {
  name: () => string;
  /** How many ways are run at the same time. */
  lanes: number;
  /** How many servers of each kind are ruined. */
  ruined: Record<ServerKind, number>;
  tracing: boolean;
}

export const openArena = async (options: ArenaOptions): Promise<Arena> => {
  const { name, lanes, ruined, tracing } = options;
  const named = (count: number): string[] => Array.from({ length: count }, name);
  // While one is let rest, there is another for each lane.
  const pool = { managed: named(2 * lanes), adopted: named(2 * lanes) };
  const toRuin = { managed: named(ruined.managed), adopted: named(ruined.adopted) };
  const main = await openStage(
    {
      managed: [...pool.managed, ...toRuin.managed],
      adopted: [...pool.adopted, ...toRuin.adopted],
    },
    tracing,
  );
  const own = createOwnStages(name, tracing);
  let closing: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    await own.close();
    await main.close();
  };
  const close = (): Promise<void> => {
    closing ??= closeAll();
    return closing;
  };

  const kinds = ['managed', 'adopted'] as const;
  const shared = kinds.flatMap((kind) =>
    pool[kind].map((server): Shared => {
      return { ...placeOn(main, kind, server, keepUntil), isTaken: false, freeFrom: 0 };
    }),
  );
  try {
    for (const { kind, socket } of shared) {
      if (kind === 'adopted') await startServer(socket, name());
    }
  } catch (error) {
    await close();
    throw error;
  }

  const atShared = async <T>(kind: ServerKind, use: (place: Place) => Promise<T>): Promise<T> => {
    const [place] = shared
      .filter((one) => one.kind === kind && !one.isTaken)
      .sort((a, b) => a.freeFrom - b.freeFrom);
    // Ways that nobody waits for any more still have theirs.
    if (!place) return own.at(kind, use);
    place.isTaken = true;
    await wait(Math.max(0, place.freeFrom - Date.now()));
    return use(place).finally(() => {
      place.isTaken = false;
      place.freeFrom = Date.now() + apartMs;
    });
  };

  const atRuined = <T>(kind: ServerKind, use: (place: Place) => Promise<T>): Promise<T> => {
    const server = toRuin[kind].pop();
    if (server === undefined) throw new Error('there are more ruins than were asked for');
    return use(placeOn(main, kind, server, keepUntil));
  };

  return {
    traced: main.witness !== null,
    at: (way, kind, use) => {
      if (way.ruins === 'watchers') return own.at(kind, use);
      return way.ruins === 'server' ? atRuined(kind, use) : atShared(kind, use);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};

import type { Place, ServerKind } from './ground.ts';
import { openStage, type Stage } from './stage.ts';

export const placeOn = (
  { rig, witness }: Stage,
  kind: ServerKind,
  server: string,
  keepUntil: Place['keepUntil'],
): Place => ({
  ...{ kind, rig, witness, keepUntil },
  socket: kind === 'managed' ? rig.socket(server) : rig.ownSocket(server),
});

/** Stages of a single server each, for ways that ruin agent, link or witness. */
export const createOwnStages = (name: () => string, tracing: boolean) => {
  const stages = new Set<Stage>();
  const closing: Promise<void>[] = [];

  const close = async (stage: Stage): Promise<void> => {
    if (stages.delete(stage)) await stage.close();
  };

  return {
    /** Resolves with what `use` does; the stage is closed behind it. */
    at: async <T>(kind: ServerKind, use: (place: Place) => Promise<T>): Promise<T> => {
      const names = { managed: [name()], adopted: [name()] };
      const stage = await openStage(names, tracing);
      stages.add(stage);
      const kept: Promise<unknown>[] = [];
      const keepUntil = (settled: Promise<unknown>): void => void kept.push(settled);
      return use(placeOn(stage, kind, names[kind][0] ?? '', keepUntil)).finally(() => {
        const closed = Promise.allSettled(kept).then(() => close(stage));
        // It is told where all are waited for.
        closed.catch(() => undefined);
        closing.push(closed);
      });
    },
    /** Closes what is still open, kept or not. */
    close: async (): Promise<void> => {
      for (const stage of [...stages]) await close(stage);
      await Promise.all(closing);
    },
  };
};

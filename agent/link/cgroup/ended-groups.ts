import { readdirSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The agent reads in the cgroup of a session that ended whether the kernel killed it for its memory. ms */
const keptMs = 10_000;

/** Ids of sessions that have a cgroup, as tmux writes them. */
const sessionsIn = (unit: string): string[] => {
  try {
    return readdirSync(unit).flatMap((name) => {
      const id = /^session-(\d{1,10})$/.exec(name)?.[1];
      return id === undefined ? [] : [`$${id}`];
    });
  } catch {
    return [];
  }
};

/** Takes away the cgroups of sessions that ended, after a while. */
export const createEndedGroups = () => {
  const endedAt = new Map<string, number>();
  return {
    /**
     * @param nextSession one that is not made yet may be about to be: its launcher was there before the listing
     */
    async remove(
      unit: string,
      alive: ReadonlySet<string>,
      nextSession: number,
      now: number,
    ): Promise<void> {
      const ended = sessionsIn(unit).filter(
        (id) => !alive.has(id) && Number(id.slice(1)) < nextSession,
      );
      for (const id of ended) {
        const since = endedAt.get(id) ?? now;
        endedAt.set(id, since);
        if (now - since < keptMs) continue;
        // Refused while processes of it live on, as those of a pane that was joined to another session.
        const removed = await rmdir(join(unit, `session-${id.slice(1)}`)).then(
          () => true,
          () => false,
        );
        if (removed) endedAt.delete(id);
      }
    },
  };
};

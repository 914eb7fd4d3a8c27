/** How many are remembered, and for how long each is not told of again. */
const mostKnown = 1000;
const againMs = 60 * 60_000;
/** However many there are: the log is not theirs to fill. */
const mostPerHour = 60;

export interface Strangers {
  /** Counts an update of somebody who is not paired. @returns whether it is to be recorded */
  take(user: string): boolean;
  readonly count: number;
}

/**
 * In bounded memory: who was told of longest ago is forgotten first.
 * @param count of the runs before
 */
export const createStrangers = (now: () => number, count = 0): Strangers => {
  const told = new Map<string, number>();
  let counted = count;
  let hour = { since: Number.NEGATIVE_INFINITY, told: 0 };

  const isNew = (user: string): boolean => {
    const last = told.get(user);
    return last === undefined || now() - last >= againMs || now() < last;
  };

  return {
    take: (user) => {
      counted += 1;
      if (!isNew(user)) return false;
      if (now() - hour.since >= againMs || now() < hour.since) hour = { since: now(), told: 0 };
      if (hour.told >= mostPerHour) return false;
      hour.told += 1;
      told.delete(user);
      told.set(user, now());
      const [oldest] = told.keys();
      if (told.size > mostKnown && oldest !== undefined) told.delete(oldest);
      return true;
    },
    get count() {
      return counted;
    },
  };
};

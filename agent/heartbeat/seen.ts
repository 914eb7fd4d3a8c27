/** Which messages were there before, of the last so many. */
export interface Seen {
  has(id: string): boolean;
  /** @param at ms since the epoch; NaN: it does not say */
  add(id: string, at: number): void;
  /** Whether it is older than what can be told apart. */
  isOld(at: number): boolean;
}

/** @param since what is older was before, ms since the epoch */
export const createSeen = (most: number, since: number): Seen => {
  const times = new Map<string, number>();
  let oldest = since;

  /** What is forgotten, and all that is as old, counts as seen. */
  const forgetOne = (): void => {
    const [first] = times;
    if (first === undefined) return;
    times.delete(first[0]);
    if (first[1] >= oldest) oldest = first[1] + 1;
  };

  return {
    has: (id) => times.has(id),
    add(id, at) {
      times.set(id, at);
      if (times.size > most) forgetOne();
    },
    isOld: (at) => !(at >= oldest),
  };
};

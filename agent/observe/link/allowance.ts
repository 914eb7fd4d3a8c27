interface Account {
  /** What may still be spent; below zero: a debt. */
  left: number;
  at: number;
  told: boolean;
}

export interface AllowanceLimits {
  /** At once, after a long silence. */
  most: number;
  perSecond: number;
}

/**
 * Events. A thousand sessions that all end and come back are about five thousand at once; the log keeps twenty
 * thousand waiting for the disk, for everybody.
 */
const eventLimits: AllowanceLimits = { most: 10_000, perSecond: 20 };

/** Milliseconds of the agent's only thread. A hundred sessions take a few, some times a second. */
const busyLimits: AllowanceLimits = { most: 10_000, perSecond: 200 };

/** @param now ms, of a clock that never jumps */
export const createAccounts = (now: () => number, { most, perSecond }: AllowanceLimits) => {
  const accounts = new Map<number, Account>();

  const accountOf = (uid: number): Account => {
    const at = now();
    const known = accounts.get(uid) ?? { left: most, at, told: false };
    const left = Math.min(most, known.left + ((at - known.at) / 1000) * perSecond);
    const account = { left, at, told: known.told && left < most / 2 };
    accounts.set(uid, account);
    return account;
  };

  return {
    /** How long a user is not to be heard, ms. */
    waitMs: (uid: number): number =>
      Math.max(0, Math.ceil((-accountOf(uid).left / perSecond) * 1000)),
    spend(uid: number, amount: number): void {
      accountOf(uid).left -= amount;
    },
    /** True once for each time it was used up. */
    isNews(uid: number): boolean {
      const account = accountOf(uid);
      const isNews = !account.told;
      account.told = true;
      return isNews;
    },
  };
};

/**
 * What each user's links may cause. What a link tells is the owner's word: told again and again it would fill the log
 * of everybody, keep the agent busy, and push out of the journal what others need to read.
 */
export const createAllowance = (now: () => number) => {
  const events = createAccounts(now, eventLimits);
  const busy = createAccounts(now, busyLimits);
  return {
    /** How long a user is not to be heard, ms. */
    waitMs: (uid: number): number => Math.max(events.waitMs(uid), busy.waitMs(uid)),
    spend(uid: number, count: number, busyMs: number): void {
      events.spend(uid, count);
      busy.spend(uid, busyMs);
    },
    isNews: (uid: number): boolean => [events.isNews(uid), busy.isNews(uid)].every(Boolean),
  };
};

export type Allowance = ReturnType<typeof createAllowance>;

/** At most `count` in any `seconds`. */
export interface Rate {
  count: number;
  seconds: number;
}

export interface Rates {
  privateChat: Rate;
  group: Rate;
  all: Rate;
}

/**
 * What https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this says: about one message per second in a
 * chat, of which short bursts may go over it, 20 per minute in a group, about 30 per second in all. The real limits are not
 * published; the burst of three is ours.
 */
export const documentedRates: Rates = {
  privateChat: { count: 3, seconds: 3 },
  group: { count: 20, seconds: 60 },
  all: { count: 30, seconds: 1 },
};

export interface RateModel {
  switchOn(rates?: Rates): void;
  switchOff(): void;
  /** How often something was refused. */
  refused(): number;
  /** Counts one message or edit; edits share the budget. Answers 0, or the whole seconds to wait, and counts nothing then. */
  charge(chatId: number): number;
}

/** `now` in ms. */
export const createRateModel = (now: () => number): RateModel => {
  let rates: Rates | undefined;
  let refused = 0;
  const times = new Map<string, number[]>();

  const recent = (key: string, { seconds }: Rate): number[] => {
    const from = now() - seconds * 1000;
    const kept = (times.get(key) ?? []).filter((at) => at > from);
    times.set(key, kept);
    return kept;
  };

  const waitFor = (key: string, rate: Rate): number => {
    const kept = recent(key, rate);
    const oldest = kept[kept.length - rate.count];
    return oldest === undefined ? 0 : Math.ceil((oldest + rate.seconds * 1000 - now()) / 1000);
  };

  const charge = (chatId: number, on: Rates): number => {
    const budgets: [string, Rate][] = [
      [String(chatId), chatId > 0 ? on.privateChat : on.group],
      ['all', on.all],
    ];
    const wait = Math.max(...budgets.map(([key, rate]) => waitFor(key, rate)));
    if (wait > 0) {
      refused += 1;
      return wait;
    }
    for (const [key] of budgets) times.get(key)?.push(now());
    return 0;
  };

  return {
    switchOn: (chosen = documentedRates) => {
      rates = chosen;
      times.clear();
    },
    switchOff: () => {
      rates = undefined;
    },
    refused: () => refused,
    charge: (chatId) => (rates === undefined ? 0 : charge(chatId, rates)),
  };
};

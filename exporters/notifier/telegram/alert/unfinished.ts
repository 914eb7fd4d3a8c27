const mostKept = 100;

/** Alerts of which a part was sent, and the next was not: what is there is not sent again. */
export interface Unfinished {
  /** Ids of the messages that are there. */
  of(alert: string): number[] | undefined;
  keep(alert: string, messages: number[]): void;
  forget(alert: string): void;
}

/** In bounded memory: what was kept longest ago is forgotten first. */
export const createUnfinished = (): Unfinished => {
  const kept = new Map<string, number[]>();
  return {
    of: (alert) => kept.get(alert),
    keep: (alert, messages) => {
      kept.delete(alert);
      kept.set(alert, messages);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    forget: (alert) => void kept.delete(alert),
  };
};

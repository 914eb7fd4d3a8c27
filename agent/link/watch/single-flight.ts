/** Work that is done once at a time. */
export interface SingleFlight<A extends unknown[]> {
  /** Begins the work; while it is under way, gives the run that is, whatever it was begun with. */
  run(...args: A): Promise<void>;
  /** Resolves when none is under way, however it went. */
  idle(): Promise<void>;
}

export const singleFlight = <A extends unknown[]>(
  work: (...args: A) => Promise<void>,
): SingleFlight<A> => {
  let running: Promise<void> | null = null;
  return {
    run(...args) {
      running ??= work(...args).finally(() => {
        running = null;
      });
      return running;
    },
    async idle() {
      await running?.catch(() => undefined);
    },
  };
};

export interface ResyncSteps {
  /** The quick listing; true when it showed something the last full one did not. */
  brief(): Promise<boolean>;
  full(): Promise<void>;
  /** A step failed; the next notice tries again. */
  failed(cause: unknown): void;
}

export interface Resync {
  /** Something changed. Notices that arrive while a listing runs lead to one more, however many. */
  notice(options: { full: boolean }): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  isIdle(): boolean;
}

/** Coalesces notifications into listings: the quick one first, because it is what finds a death. */
export const createResync = ({ brief, full, failed }: ResyncSteps): Resync => {
  let wantBrief = false;
  let wantFull = false;
  let running: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    try {
      while (wantBrief || wantFull) {
        if (wantBrief) {
          wantBrief = false;
          if (await brief()) wantFull = true;
        } else {
          wantFull = false;
          await full();
        }
      }
    } catch (cause) {
      failed(cause);
    } finally {
      running = null;
    }
  };

  return {
    notice: (options) => {
      if (options.full) wantFull = true;
      else wantBrief = true;
      running ??= work();
    },
    idle: () => running ?? Promise.resolve(),
    isIdle: () => running === null,
  };
};

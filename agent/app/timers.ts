/** Repeats work until stopped; every Infinity means never. A run that is still under way is not started again; a failed one is reported. */
export const createTimers = (onTrouble: (what: string, cause: unknown) => void) => {
  const timers: NodeJS.Timeout[] = [];
  let soon: NodeJS.Timeout | null = null;
  return {
    /** Once, after `ms`; asked for again meanwhile it stays one. */
    once(ms: number, work: () => Promise<void>): void {
      soon ??= setTimeout(() => {
        soon = null;
        work().catch((cause: unknown) => onTrouble('work put off failed', cause));
      }, ms);
    },
    every(ms: number, work: () => unknown): void {
      let busy = false;
      const run = async (): Promise<void> => {
        if (busy) return;
        busy = true;
        try {
          await work();
        } catch (cause) {
          onTrouble('periodic work failed', cause);
        } finally {
          busy = false;
        }
      };
      if (Number.isFinite(ms)) timers.push(setInterval(() => void run(), ms));
    },
    stop(): void {
      for (const timer of timers) clearInterval(timer);
      if (soon) clearTimeout(soon);
    },
  };
};

import type { OutputHealth } from '../../../agent/tell/output-health.ts';

/** Far more than any awaited event takes; also keeps the process alive while retries are on timers. */
const limitMs = 30_000;

/** Records the health an output reports and lets a test wait for a status. */
export const watchHealth = () => {
  const seen: OutputHealth[] = [];
  const waiting = new Set<() => void>();
  return {
    seen,
    onHealth(health: OutputHealth): void {
      seen.push(health);
      for (const wake of waiting) wake();
    },
    /** Resolves once the newest report has this status. */
    until(status: OutputHealth['status']): Promise<OutputHealth> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`never ${status}`)), limitMs);
        const wake = (): void => {
          const newest = seen.at(-1);
          if (newest?.status !== status) return;
          clearTimeout(timer);
          waiting.delete(wake);
          resolve(newest);
        };
        waiting.add(wake);
        wake();
      });
    },
  };
};

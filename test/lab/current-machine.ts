import type { Ground } from './ground.ts';
import type { Machine } from './machine.ts';
import type { Results } from './results.ts';

const answerLimitMs = 60_000;

/** The one machine that runs at a time, and how often machines were booted in all. */
export const createCurrentMachine = (ground: Ground, results: Results) => {
  let machine: Machine | null = null;
  let boots = 0;
  let retries = 0;

  const close = async (): Promise<void> => {
    boots += machine?.boots ?? 0;
    retries += machine?.retries ?? 0;
    await machine?.[Symbol.asyncDispose]();
    machine = null;
  };

  return {
    /** The machine that runs, or another on a clean disk where `fresh` is asked for or none runs. */
    async take(fresh: boolean): Promise<Machine> {
      if (machine !== null && !fresh) return machine;
      await close();
      const began = performance.now();
      machine = await ground.startMachine();
      const seconds = (performance.now() - began) / 1000;
      results.measure('boot of a clean disk', `${seconds.toFixed(1)} s`);
      return machine;
    },
    /** A machine that does not answer any more is of no use to the next suite. */
    async answers(): Promise<boolean> {
      const outcome = await machine?.run('true', { limitMs: answerLimitMs });
      if (outcome?.code === 0) return true;
      await close();
      return false;
    },
    close,
    counts: () => ({ boots, retries }),
  };
};

export type CurrentMachine = ReturnType<typeof createCurrentMachine>;

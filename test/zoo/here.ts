import type { createProgress } from '../bench/progress.ts';
import type { Arena } from './ground/arena.ts';
import { obstacleTo } from './ground/needs.ts';
import { jobsFor } from './jobs.ts';
import type { Options } from './options.ts';
import type { Part } from './outcome.ts';
import { runJobs } from './run.ts';
import { matters } from './ways.ts';

/** The ways that need no machine to themselves, on this one. */
export const runHere = async (
  { only, repeat, seed, tracing }: Options,
  progress: ReturnType<typeof createProgress>,
): Promise<Part> => {
  const all = jobsFor(matters, only, repeat);
  const jobs = all.filter(({ way }) => obstacleTo(way) === null);
  const skipped = all.flatMap(({ way }) => {
    const because = obstacleTo(way);
    return because === null ? [] : [{ way: way.name, because }];
  });
  let open: Arena | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void open?.close().finally(() => process.exit(130)));
  }
  progress.say(`seed ${seed}, ${jobs.length} runs on this machine …`);
  const began = performance.now();
  const { traced, outcomes } = await runJobs(jobs, {
    ...{ seed, tracing },
    onBegin: ({ label }, done) => progress.show(`${done} of ${jobs.length}: ${label}`),
    onBroken: ({ label }, why) => progress.say(`${label} is broken: ${why}`),
    onOpen: (arena) => {
      open = arena;
    },
  });
  progress.clear();
  const seconds = Math.round((performance.now() - began) / 1000);
  return { traced, seconds, outcomes, skipped, comparison: null, troubles: [] };
};

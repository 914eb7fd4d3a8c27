import type { Outcome, Skipped } from '../outcome.ts';
import type { LabJob, LabRun } from './run-way.ts';

export interface LabRuns {
  outcomes: Outcome[];
  skipped: Skipped[];
  /** Why it ended early; null: it did not. */
  trouble: string | null;
}

/** Each way once. */
export const skippedFor = (jobs: readonly Pick<LabJob, 'way'>[], because: string): Skipped[] =>
  [...new Set(jobs.map(({ way }) => way.name))].map((way) => ({ way, because }));

/** Runs one after the other for as long as the machine is as before; after that no outcome would be worth anything. */
export const runWays = async (
  jobs: readonly LabJob[],
  run: (job: LabJob, done: number) => Promise<LabRun>,
): Promise<LabRuns> => {
  const outcomes: Outcome[] = [];
  for (const [done, job] of jobs.entries()) {
    const { outcome, unmended } = await run(job, done);
    outcomes.push(outcome);
    if (unmended === null) continue;
    const trouble = `the machine is not as before ${job.label}: ${unmended}`;
    return { outcomes, skipped: skippedFor(jobs.slice(done + 1), trouble), trouble };
  }
  return { outcomes, skipped: [], trouble: null };
};

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { createProgress } from '../../bench/progress.ts';
import type { Machine } from '../../lab/machine.ts';
import { findObstacle } from '../../lab/obstacle.ts';
import type { Options } from '../options.ts';
import type { Outcome, Part } from '../outcome.ts';
import { labJobs } from './jobs.ts';
import { startDeployed } from './machine.ts';
import { type LabJob, runInLab } from './run.ts';
import { compareWithRivals } from './run-rivals.ts';

type Progress = ReturnType<typeof createProgress>;

const root = join(import.meta.dirname, '../../..');

/** As `make lab` does: what builds the machine, and the package to deploy. */
const prepare = (): void => {
  const stdio: ['ignore', 2, 2] = ['ignore', 2, 2];
  for (const command of ['bin/setup deb', 'bin/setup lab', 'bin/node bin/deb.ts']) {
    execFileSync('sh', ['-c', command], { cwd: root, stdio });
  }
};

const runJobs = async (
  machine: Machine,
  jobs: readonly LabJob[],
  seed: number,
  progress: Progress,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const job of jobs) {
    progress.show(`lab: ${outcomes.length} of ${jobs.length}: ${job.label}`);
    const outcome = await runInLab(machine, job, seed);
    if ('broken' in outcome.result)
      progress.say(`${job.label} is broken: ${outcome.result.broken}`);
    outcomes.push(outcome);
  }
  return outcomes;
};

const leftOut = (jobs: readonly LabJob[], because: string): Part => ({
  ...{ traced: false, seconds: 0, outcomes: [], comparison: null },
  skipped: [...new Set(jobs.map(({ way }) => way.name))].map((way) => ({ way, because })),
});

/** The ways that take a whole machine, in a virtual one; then who else would have named the killers. */
export const runLab = async (
  { only, repeat, seed }: Options,
  progress: Progress,
): Promise<Part> => {
  const jobs = labJobs(only, repeat);
  if (jobs.length === 0) return leftOut([], '');
  if (process.getuid?.() === 0) prepare();
  const obstacle = findObstacle();
  if (obstacle !== null) return leftOut(jobs, obstacle);
  progress.say(`seed ${seed}, ${jobs.length} runs in a virtual machine …`);
  const began = performance.now();
  await using machine = await startDeployed(progress.say);
  const outcomes = await runJobs(machine, jobs, seed, progress);
  const comparison = await compareWithRivals(machine, jobs, seed, progress);
  progress.clear();
  const seconds = Math.round((performance.now() - began) / 1000);
  return { traced: true, seconds, outcomes, skipped: [], comparison };
};

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { createProgress } from '../../bench/progress.ts';
import type { Machine } from '../../lab/machine.ts';
import { findObstacle } from '../../lab/obstacle.ts';
import type { Options } from '../options.ts';
import type { Part } from '../outcome.ts';
import { messageOf } from '../result.ts';
import { labJobs } from './jobs.ts';
import { startDeployed } from './machine.ts';
import { compareWithRivals } from './run-rivals.ts';
import { type LabJob, runInLab } from './run-way.ts';
import { type LabRuns, runWays, skippedFor } from './run-ways.ts';

type Progress = ReturnType<typeof createProgress>;

const root = join(import.meta.dirname, '../../..');

/** As `make lab` does: what builds the machine, and the package to deploy. */
const prepare = (): void => {
  const stdio: ['ignore', 2, 2] = ['ignore', 2, 2];
  for (const command of ['bin/setup deb', 'bin/setup lab', 'bin/node bin/deb.ts']) {
    execFileSync('sh', ['-c', command], { cwd: root, stdio });
  }
};

const leftOut = (jobs: readonly LabJob[], because: string): Part => ({
  ...{ traced: false, seconds: 0, outcomes: [], comparison: null, troubles: [] },
  skipped: skippedFor(jobs, because),
});

const runAlone = (
  machine: Machine,
  jobs: readonly LabJob[],
  seed: number,
  progress: Progress,
): Promise<LabRuns> =>
  runWays(jobs, async (job, done) => {
    progress.show(`lab: ${done} of ${jobs.length}: ${job.label}`);
    const run = await runInLab(machine, job, seed);
    const { result } = run.outcome;
    if ('broken' in result) progress.say(`${job.label} is broken: ${result.broken}`);
    return run;
  });

/** What was found out before is told, whatever becomes of the rest. */
const compared = (...given: Parameters<typeof compareWithRivals>) =>
  compareWithRivals(...given).catch((error) => ({
    table: null,
    trouble: `the comparison with others failed: ${messageOf(error)}`,
  }));

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
  const { outcomes, skipped, trouble } = await runAlone(machine, jobs, seed, progress);
  if (trouble !== null) progress.say(trouble);
  // On a machine that is not as before there is nothing to compare.
  const beside = trouble === null ? jobs : [];
  const rivals = await compared(machine, beside, seed, progress);
  progress.clear();
  const seconds = Math.round((performance.now() - began) / 1000);
  const troubles = [trouble, rivals.trouble].filter((one) => one !== null);
  return { traced: true, seconds, outcomes, skipped, comparison: rivals.table, troubles };
};

import type { createProgress } from '../../bench/progress.ts';
import type { Machine } from '../../lab/machine.ts';
import type { Outcome } from '../outcome.ts';
import { type Comparison, namedBy, namedByGrade, type RivalsTable } from './compare.ts';
import { firstPid } from './expected.ts';
import { auditd } from './rival/auditd.ts';
import { killsnoop } from './rival/killsnoop.ts';
import { poll } from './rival/poll.ts';
import type { Rival } from './rival.ts';
import { type LabJob, runInLab } from './run-way.ts';
import { runWays } from './run-ways.ts';

const rivals: readonly Rival[] = [killsnoop, auditd, poll];

/** Killers that are processes of somebody, and aim at a process or a name: what all of them could tell. */
const matters = ['one-process', 'by-name'];

const compare = async (machine: Machine, { way, result }: Outcome): Promise<Comparison | null> => {
  if (!('grade' in result)) return null;
  const { expected, said, grade } = result;
  if (expected.benign || expected.killers.length === 0) return null;
  const victims = expected.own.filter((pid) => pid > firstPid);
  const named = [namedByGrade(grade, said.verdict?.actor, expected)];
  for (const rival of rivals) named.push(namedBy(await rival.told(machine, victims), expected));
  return { way, named };
};

interface Compared {
  /** Null: there is nothing to compare. */
  table: RivalsTable | null;
  /** Why not all were compared; null: they were. */
  trouble: string | null;
}

/** Runs them once more beside what else people use. */
export const compareWithRivals = async (
  machine: Machine,
  all: readonly LabJob[],
  seed: number,
  progress: ReturnType<typeof createProgress>,
): Promise<Compared> => {
  const jobs = all.filter(({ matter }) => matters.includes(matter));
  if (jobs.length === 0) return { table: null, trouble: null };
  for (const rival of rivals) {
    progress.show(`lab: ${rival.name} starts`);
    await rival.start(machine);
  }
  const rows: Comparison[] = [];
  const { trouble } = await runWays(jobs, async (job, done) => {
    progress.show(`lab, beside others: ${done} of ${jobs.length}: ${job.label}`);
    const run = await runInLab(machine, job, seed + 1);
    const row = await compare(machine, run.outcome);
    if (row) rows.push(row);
    return run;
  });
  // A machine that is not as before is of no use to anybody after this.
  if (trouble === null) for (const rival of rivals) await rival.stop(machine);
  const sentences = rivals.map(({ name, sentence }) => `${name}: ${sentence}`);
  const columns = ['holdfast', ...rivals.map(({ name }) => name)];
  return { table: { columns, sentences, rows }, trouble };
};

import { machineLine, thisMachine } from '../bench/machine.ts';
import { createProgress } from '../bench/progress.ts';
import { aligned } from './columns.ts';
import { obstacleTo } from './ground/needs.ts';
import { runHere } from './here.ts';
import { jobsFor } from './jobs.ts';
import { comparisonLines } from './lab/compare.ts';
import { labJobs } from './lab/jobs.ts';
import { runLab } from './lab/run-all.ts';
import { type Options, readOptions, usage } from './options.ts';
import type { Part } from './outcome.ts';
import { hasFailed, noteLines, summaryLines, tableLines } from './table.ts';
import { matters } from './ways.ts';

/** Resolves when it is written: a pipe takes 64 KiB at a time, and an exit would cut the rest off. */
const print = async (lines: readonly string[]): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.stdout.write(`${lines.join('\n')}\n`, () => resolve());
  return promise;
};

const list = ({ only, here, lab }: Options): Promise<void> => {
  const ofHere = jobsFor(matters, only, 1).map(({ matter, way }) => {
    const obstacle = obstacleTo(way);
    return { matter, way, more: obstacle === null ? '' : ` Not here: ${obstacle}.` };
  });
  const ofLab = labJobs(only, 1).map(({ matter, way }) => ({ matter, way, more: '' }));
  const all = [...(here ? ofHere : []), ...(lab ? ofLab : [])];
  const rows = all.map(({ matter, way, more }) => [matter, way.name, `${way.sentence}${more}`]);
  return print([...new Set(aligned(rows))]);
};

const report = async (title: string, part: Part): Promise<void> => {
  const { traced, seconds, outcomes, skipped, comparison, troubles } = part;
  await print([`${title}:`, '', ...tableLines(outcomes), '', ...noteLines(outcomes, skipped), '']);
  if (comparison) {
    const { columns, sentences, rows } = comparison;
    await print(['Who named the killer, in one run:', '', ...comparisonLines(columns, rows), '']);
    await print([...sentences, '']);
  }
  await print([...summaryLines(outcomes), ...troubles]);
  await print([`the kernel ${traced ? 'was' : 'was not'} asked who sends signals`]);
  await print([`${outcomes.length} runs in ${seconds} s`, '']);
};

const run = async (options: Options): Promise<never> => {
  const progress = createProgress(process.stderr);
  const here = options.here ? await runHere(options, progress) : null;
  if (here && !options.json) await report('On this machine', here);
  const lab = options.lab ? await runLab(options, progress) : null;
  if (lab && !options.json) await report('In a virtual machine', lab);
  const { seed } = options;
  const machine = thisMachine();
  if (options.json) {
    const document = { schema: 1, at: Date.now(), seed, machine, here, lab };
    await print([JSON.stringify(document, null, 2)]);
  } else {
    await print([`seed ${seed}, ${machineLine(machine)}`]);
  }
  process.exit([here, lab].some((part) => part && hasFailed(part)) ? 1 : 0);
};

const options = readOptions(process.argv.slice(2));
if ('mistakes' in options) {
  for (const mistake of options.mistakes) console.error(mistake);
  console.error(usage);
  process.exit(options.mistakes.length > 0 ? 64 : 0);
}
if (options.list) await list(options);
else await run(options);
